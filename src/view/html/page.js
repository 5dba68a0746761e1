"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const reports = byId("reports");
  const tabs = all(".tabs a");
  const papers = all(".report");
  const lines = all(".line");
  const narrow = matchMedia("(max-width: 59.99rem)");
  root.classList.add("js");
  all(".close").forEach((button) => { button.hidden = false; });

  const tagOf = (key) => key.slice(0, key.indexOf("-"));
  const keyOf = (link) => link.getAttribute("href").slice(1);
  const isKey = (key) => /^[A-Z]+-\d+-\d+$/.test(key);

  // Which lines rest on which words, for the way back.
  const told = new Map();
  for (const line of lines) {
    for (const link of all(".src", line)) {
      const key = keyOf(link);
      if (!told.has(key)) told.set(key, new Set());
      told.get(key).add(line);
    }
  }

  const clear = (name) => all("." + name).forEach((element) => element.classList.remove(name));
  const say = (words) => { byId("status").textContent = words; };

  const raise = (up) => {
    reports.classList.toggle("up", up);
    root.classList.toggle("raised", up && narrow.matches);
  };

  const showReport = (tag) => {
    const tab = tabs.find((t) => t.id === "tab-" + tag);
    if (!tab) return null;
    for (const t of tabs) {
      t.hidden = t.dataset.story !== tab.dataset.story;
      t.removeAttribute("aria-current");
    }
    tab.setAttribute("aria-current", "true");
    tab.parentElement.scrollLeft = tab.offsetLeft - 60;
    for (const paper of papers) paper.classList.toggle("shown", paper.id === "report-" + tag);
    return byId("report-" + tag);
  };

  const showWords = (key) => {
    const paper = showReport(tagOf(key));
    if (!paper) return;
    clear("on");
    const marks = all("mark", paper).filter((mark) => mark.dataset.e.split(" ").includes(key));
    marks.forEach((mark) => mark.classList.add("on"));
    raise(true);
    const target = marks[0] || byId(key) || paper;
    const box = target.getBoundingClientRect();
    const frame = reports.getBoundingClientRect();
    reports.scrollTop += box.top - frame.top - frame.height * 0.3;
    history.replaceState(null, "", "#" + key);
    const tab = byId("tab-" + tagOf(key));
    say("Shown in " + tab.title);
  };

  const setLine = (line) => {
    clear("now");
    clear("told");
    all(".src[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    if (line) line.classList.add("now");
  };

  // A second click on a line goes on to its next evidence.
  const openLine = (line) => {
    const links = all(".src", line);
    if (!links.length) return;
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    openLink(links[(at + 1) % links.length], line);
  };

  const openLink = (link, line) => {
    setLine(line);
    if (line) link.setAttribute("aria-current", "true");
    showWords(keyOf(link));
    if (line && narrow.matches) line.scrollIntoView({ block: "nearest" });
  };

  const showLines = (mark) => {
    setLine(null);
    clear("on");
    const keys = mark.dataset.e.split(" ");
    const resting = new Set(keys.flatMap((key) => [...(told.get(key) || [])]));
    resting.forEach((line) => line.classList.add("told"));
    all("mark", mark.closest(".report")).forEach((other) => {
      if (other.dataset.e.split(" ").some((key) => keys.includes(key))) other.classList.add("on");
    });
    const first = lines.find((line) => resting.has(line) && line.offsetParent);
    if (narrow.matches) raise(false);
    if (first) first.scrollIntoView({ block: "center" });
    if (!resting.size) return say("No line rests on these words: they are only the nearest to one");
    say(resting.size === 1 ? "1 line rests on these words" : resting.size + " lines rest on these words");
  };

  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target.closest(".close")) return raise(false);
    const mark = event.target.closest("mark");
    if (mark && String(getSelection()) === "") return showLines(mark);
    const link = event.target.closest("a");
    if (!link || !link.getAttribute("href").startsWith("#")) return;
    const key = keyOf(link);
    const line = link.closest(".line");
    if (link.classList.contains("open") && line) {
      event.preventDefault();
      openLine(line);
    } else if (isKey(key)) {
      event.preventDefault();
      openLink(link, line);
    } else if (key.startsWith("report-")) {
      event.preventDefault();
      showReport(key.slice(7));
      reports.scrollTop = 0;
      raise(true);
    }
  });

  const step = (by) => {
    const seen = lines.filter((line) => line.offsetParent);
    const from = seen.indexOf(document.activeElement.closest(".line") || document.querySelector(".line.now"));
    const line = seen[Math.min(Math.max(from + by, 0), seen.length - 1)];
    if (!line) return;
    line.querySelector(".open").focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };

  const help = byId("help");
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || help.open) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") help.showModal();
    else if (event.key === "Escape") { clear("on"); setLine(null); raise(false); }
    else if (/^[1-9]$/.test(event.key)) {
      const tab = tabs.filter((t) => !t.hidden)[Number(event.key) - 1];
      if (tab) { showReport(tab.id.slice(4)); reports.scrollTop = 0; raise(true); }
    } else return;
    event.preventDefault();
  });

  addEventListener("beforeprint", () => all("details").forEach((details) => { details.open = true; }));

  const start = decodeURIComponent(location.hash.slice(1));
  if (tabs.length) showReport(tabs[0].id.slice(4));
  if (isKey(start)) showWords(start);
  else if (start.startsWith("report-")) showReport(start.slice(7));
})();
