"use strict";
// Shows one frame of the map at a time. Every part of the drawing that does not belong to all frames
// names those it belongs to: data-f="3-17,22".
(() => {
  const $ = (id) => document.getElementById(id);
  const frames = JSON.parse($("frames").textContent); // [label, ISO date, seconds]
  const last = frames.length - 1;
  const slider = $("slider");
  const play = $("play");
  const map = $("map");
  const player = $("player");
  const layers = [...document.querySelectorAll("#sheet > svg[viewBox]")];
  const parts = [...document.querySelectorAll("#sheet [data-f]")].map((node) => ({
    node,
    shown: node.getAttribute("display") !== "none",
    ranges: node.dataset.f.split(",").map((text) => {
      const [first, end] = text.split("-").map(Number);
      return [first, end === undefined ? first : end];
    }),
  }));
  const events = [...document.querySelectorAll(".event")].map((node) => ({
    node,
    link: node.querySelector("a.go"),
    first: Number(node.dataset.first),
    end: Number(node.dataset.last),
    record: node.dataset.event,
    title: node.querySelector(".what").textContent,
  }));
  const starts = [...new Set(events.map((event) => event.first))].sort((a, b) => a - b);
  let at = last;
  let timer = 0;

  // --- frames

  const belongs = (ranges, frame) => ranges.some(([first, end]) => first <= frame && frame <= end);

  function show(frame) {
    at = Math.max(0, Math.min(last, frame));
    for (const part of parts) {
      const wanted = belongs(part.ranges, at);
      if (wanted === part.shown) continue;
      part.shown = wanted;
      if (wanted) part.node.removeAttribute("display");
      else part.node.setAttribute("display", "none");
    }
    const [label, iso] = frames[at];
    const time = $("date").firstElementChild;
    time.textContent = label;
    if (time.hasAttribute("datetime")) time.setAttribute("datetime", iso);
    slider.value = at;
    slider.setAttribute("aria-valuetext", label);
    $("before").disabled = at === 0;
    $("after").disabled = at === last;
    $("event-before").disabled = eventBefore() === undefined;
    $("event-after").disabled = eventAfter() === undefined;
    document.documentElement.dataset.frame = at;
    showEvents();
    ring(null);
  }

  const eventBefore = () => starts.filter((start) => start < at).pop();
  const eventAfter = () => starts.find((start) => start > at);

  /** Moves to a frame that the reader asked for: the address names it, a screen reader says it. */
  function go(frame) {
    if (frame === undefined) return;
    stop();
    show(frame);
    settle();
  }

  function settle() {
    try {
      history.replaceState(null, "", "#t=" + encodeURIComponent(frames[at][1]).replaceAll("%3A", ":"));
    } catch (error) {
      // A page without an address of its own (srcdoc, sandbox) keeps none.
    }
    say();
  }

  /** To a screen reader: the date and what begins, not what goes on for months. */
  function say() {
    const begun = events.filter((event) => event.first === at && at > 0);
    $("news").textContent = [frames[at][0], ...begun.map((event) => event.title)].join(". ");
  }

  // --- playing

  function stop() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    labelPlay();
    settle();
  }

  function start() {
    if (at === last) show(0);
    timer = setTimeout(step, duration());
    labelPlay();
  }

  const duration = () => (frames[at][2] * 1000) / Number($("speed").value);

  function step() {
    show(at + 1);
    if (starts.includes(at)) say();
    if (at === last) return stop();
    timer = setTimeout(step, duration());
  }

  function labelPlay() {
    const label = timer ? play.dataset.pause : play.dataset.play;
    play.toggleAttribute("data-playing", timer !== 0);
    play.setAttribute("aria-label", label);
    play.title = label;
  }

  const toggle = () => (timer ? stop() : start());

  // --- events

  function showEvents() {
    let current = null;
    for (const event of events) {
      const is = event.first <= at && at <= event.end;
      if (is) event.node.setAttribute("aria-current", "true");
      else event.node.removeAttribute("aria-current");
      event.node.classList.toggle("to-come", event.first > at);
      if (event.first <= at) current = event;
    }
    const list = $("events");
    // Only the list scrolls, never the page under the reader's hands.
    if (!current || list.contains(document.activeElement) || list.scrollHeight <= list.clientHeight) return;
    const top = current.node.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (top < 48 || top > list.clientHeight - 96) list.scrollTop += top - list.clientHeight / 3;
  }

  /** The event that a sign on the map stands for: `[map/]events.id[.part][@style layer]`. */
  function eventOf(node) {
    const sign = node.closest("[data-record]");
    if (!sign) return undefined;
    const record = sign.dataset.record.split("/").pop().split("@")[0];
    const found = events.find((event) => record === event.record || record.startsWith(event.record + "."));
    return found || (sign.parentElement && eventOf(sign.parentElement));
  }

  const signs = new Map(events.map((event) => [event, []]));
  if (events.length) {
    for (const node of document.querySelectorAll("#sheet [data-record]")) {
      const event = eventOf(node);
      if (!event) continue;
      signs.get(event).push(node);
      node.classList.add("event-sign");
    }
  }

  /** Puts a ring round what the map shows of an event. */
  function ring(event) {
    const rect = $("ring");
    let box = null;
    for (const node of event ? signs.get(event) : []) {
      if (node.closest("[display=none]")) continue;
      const b = node.getBBox();
      if (!b.width && !b.height) continue;
      box = box || [b.x, b.y, b.x, b.y];
      box = [Math.min(box[0], b.x), Math.min(box[1], b.y), Math.max(box[2], b.x + b.width), Math.max(box[3], b.y + b.height)];
    }
    rect.setAttribute("display", box ? "inline" : "none");
    if (!box) return;
    rect.setAttribute("x", box[0] - 1.2);
    rect.setAttribute("y", box[1] - 1.2);
    rect.setAttribute("width", box[2] - box[0] + 2.4);
    rect.setAttribute("height", box[3] - box[1] + 2.4);
  }

  for (const event of events) {
    event.link.addEventListener("click", (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey) return;
      click.preventDefault();
      go(event.first);
      ring(event);
    });
    event.node.addEventListener("pointerenter", () => timer || ring(event));
    event.node.addEventListener("pointerleave", () => ring(null));
    event.link.addEventListener("focus", () => timer || ring(event));
    event.link.addEventListener("blur", () => ring(null));
  }

  // --- the address: #t=1857-12-29T08:40 is the last frame by then; a day is the day's end

  /** A number that grows with time: no more is asked of it. */
  function order(iso, ending) {
    const found = /^(-?\d+)(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d))?)?/.exec(iso);
    if (!found) return NaN;
    const rest = ending ? [12, 31, 24, 0, 0] : [0, 0, 0, 0, 0];
    const [year, ...parts] = found.slice(1);
    return parts.reduce((sum, part, i) => sum * [13, 32, 25, 60, 60][i] + Number(part || rest[i]), Number(year));
  }

  function frameOfAddress() {
    const found = /^#t=(.+)$/.exec(location.hash);
    if (!found) return undefined;
    let wanted = found[1];
    try {
      wanted = decodeURIComponent(wanted);
    } catch (error) {
      return undefined;
    }
    const exact = frames.findIndex((frame) => frame[1] === wanted);
    if (exact >= 0) return exact;
    const limit = order(wanted, true);
    if (Number.isNaN(limit)) return undefined;
    let frame = 0;
    frames.forEach(([, iso], i) => {
      if (order(iso, false) <= limit) frame = i;
    });
    return frame;
  }

  addEventListener("hashchange", () => {
    const frame = frameOfAddress();
    if (frame !== undefined && frame !== at) go(frame);
  });

  // --- zoom: every layer has the same view box

  const whole = layers[0].viewBox.baseVal;
  const size = { width: whole.width, height: whole.height };
  const view = { x: 0, y: 0, factor: 1 };

  function setView(x, y, factor) {
    view.factor = Math.max(1, Math.min(16, factor));
    const room = 1 - 1 / view.factor;
    view.x = Math.max(0, Math.min(size.width * room, x));
    view.y = Math.max(0, Math.min(size.height * room, y));
    const box = [view.x, view.y, size.width / view.factor, size.height / view.factor].join(" ");
    for (const layer of layers) layer.setAttribute("viewBox", box);
    map.classList.toggle("near", view.factor > 1);
    $("zoom-out").disabled = $("whole").disabled = view.factor === 1;
  }

  /** Page position under a point of the window. */
  function under(x, y) {
    return new DOMPoint(x, y).matrixTransform(layers[0].getScreenCTM().inverse());
  }

  function zoomAt(point, by) {
    const factor = Math.max(1, Math.min(16, view.factor * by));
    const share = view.factor / factor;
    setView(point.x - (point.x - view.x) * share, point.y - (point.y - view.y) * share, factor);
  }
  const middle = () => ({ x: view.x + size.width / view.factor / 2, y: view.y + size.height / view.factor / 2 });
  const pan = (x, y) =>
    setView(view.x + (x * size.width) / view.factor, view.y + (y * size.height) / view.factor, view.factor);

  map.addEventListener(
    "wheel",
    (wheel) => {
      // Where the page itself scrolls, the wheel is the page's.
      const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
      if (scrolls && !wheel.ctrlKey) return;
      wheel.preventDefault();
      zoomAt(under(wheel.clientX, wheel.clientY), Math.exp(-wheel.deltaY * (wheel.ctrlKey ? 0.01 : 0.002)));
    },
    { passive: false },
  );

  const held = new Map(); // pointers on the map: id -> where last seen
  let dragged = false;
  map.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    held.set(down.pointerId, { x: down.clientX, y: down.clientY });
    dragged = held.size > 1;
  });
  map.addEventListener("pointermove", (move) => {
    const before = held.get(move.pointerId);
    if (!before) return;
    const now = { x: move.clientX, y: move.clientY };
    const other = [...held.entries()].find(([id]) => id !== move.pointerId);
    if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    if (!dragged) map.setPointerCapture(move.pointerId);
    dragged = true;
    if (other) {
      const span = (point) => Math.hypot(point.x - other[1].x, point.y - other[1].y);
      if (span(before) > 0) zoomAt(under((now.x + other[1].x) / 2, (now.y + other[1].y) / 2), span(now) / span(before));
    } else {
      const from = under(before.x, before.y);
      const to = under(now.x, now.y);
      setView(view.x + from.x - to.x, view.y + from.y - to.y, view.factor);
    }
    map.classList.add("held");
    held.set(move.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    map.addEventListener(end, (up) => {
      held.delete(up.pointerId);
      if (!held.size) map.classList.remove("held");
    });
  }
  map.addEventListener("click", (click) => {
    if (dragged) return;
    const event = eventOf(click.target);
    if (!event) return;
    event.link.focus({ preventScroll: true });
    event.node.scrollIntoView({ block: "nearest" });
    ring(event);
  });
  map.addEventListener("dblclick", (click) => {
    zoomAt(under(click.clientX, click.clientY), click.shiftKey ? 0.5 : 2);
  });

  // --- controls and keys

  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  slider.addEventListener("change", settle);
  play.addEventListener("click", toggle);
  const press = {
    before: () => go(at - 1),
    after: () => go(at + 1),
    "event-before": () => go(eventBefore()),
    "event-after": () => go(eventAfter()),
    "zoom-in": () => zoomAt(middle(), 1.6),
    "zoom-out": () => zoomAt(middle(), 1 / 1.6),
    whole: () => setView(0, 0, 1),
    screen: () => (document.fullscreenElement ? document.exitFullscreen() : player.requestFullscreen()),
  };
  for (const id of Object.keys(press)) $(id).addEventListener("click", press[id]);
  $("screen").hidden = !document.fullscreenEnabled;

  const back = document.documentElement.dir === "rtl" ? 1 : -1;
  const keys = {
    " ": toggle,
    ArrowLeft: () => go(at + back),
    ArrowRight: () => go(at - back),
    Home: () => go(0),
    End: () => go(last),
    PageUp: press["event-before"],
    PageDown: press["event-after"],
    "+": press["zoom-in"],
    "=": press["zoom-in"],
    "-": press["zoom-out"],
    0: press.whole,
    f: press.screen,
  };
  const panning = { ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, -0.15], ArrowDown: [0, 0.15] };
  addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey || key.defaultPrevented) return;
    const focus = document.activeElement;
    // In the list and on links the keys are the browser's; nowhere or in the player they are ours.
    if (focus !== document.body && !player.contains(focus)) return;
    if (key.key === " " && focus.matches("button, select, summary")) return;
    if (focus.matches("select") && key.key !== "PageUp" && key.key !== "PageDown") return;
    const act = key.shiftKey && panning[key.key] ? () => pan(...panning[key.key]) : keys[key.key];
    if (!act || (key.shiftKey && key.key === " ")) return;
    key.preventDefault();
    act();
  });

  // Sources are printed, folded or not.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".event details:not([open])")];
    for (const details of unfolded) details.open = true;
    setView(0, 0, 1);
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
  });

  document.body.classList.add("live");
  $("controls").hidden = false;
  setView(0, 0, 1);
  const asked = frameOfAddress();
  show(asked === undefined ? 0 : asked);
})();
