"use strict";
// Timelines: a canvas for each, drawn from lists of numbers. Times are exact in hovers and only rounded to pixels.
(() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };

  // Fine ticks as text: a decimal of at most nine digits, else a whole number and a fraction.
  function time(ticks, num, den) {
    let top = BigInt(ticks) * num, bottom = den;
    if (top === 0n) return "0";
    const [unit, size] = [["s", 1000000000n], ["ms", 1000000n], ["us", 1000n], ["ns", 1n]].find(([, size]) => top >= size * bottom) ?? ["ns", 1n];
    bottom *= size;
    const whole = top / bottom, rest = top % bottom;
    if (rest === 0n) return `${whole} ${unit}`;
    for (let digits = 3n; digits <= 9n; digits += 3n) {
      const scaled = rest * 10n ** digits;
      if (scaled % bottom === 0n) return `${whole}.${String(scaled / bottom).padStart(Number(digits), "0")} ${unit}`;
    }
    const common = gcd(rest, bottom);
    return `${whole ? whole + " " : ""}${rest / common}/${bottom / common} ${unit}`;
  }

  class Timeline {
    static rowHeight = 22; static bracketHeight = 17; static left = 120; static top = 30;

    constructor(box) {
      this.box = box;
      this.data = JSON.parse(box.querySelector("script").textContent);
      this.num = BigInt(this.data.num); this.den = BigInt(this.data.den);
      this.canvas = box.querySelector("canvas");
      this.status = box.querySelector("[role=status]");
      this.folded = false;
      this.layRows();
      this.fold(false);
      const focus = this.data.focus;
      this.home = focus && focus[1] > focus[0] ? [focus[0] - (focus[1] - focus[0]) / 20, focus[1] + (focus[1] - focus[0]) / 20] : [...this.data.range];
      this.goHome();
      this.listen();
    }

    text(ticks) { return time(Math.round(ticks), this.num, this.den); }

    // A row for each lane that has something, and below an actor those of its brackets.
    layRows() {
      const { lanes, brackets } = this.data;
      const stacked = lanes.map(() => []);
      for (let k = 0; k < brackets.length; k += 7) (stacked[brackets[k + 2]][brackets[k + 3]] ??= []).push(k);
      let y = Timeline.top;
      this.rows = [];
      lanes.forEach((lane, index) => {
        if (!lane.core && lane.bars.length === 0) return;
        this.rows.push({ lane, index, y, brackets: stacked[index] });
        y += Timeline.rowHeight + stacked[index].length * Timeline.bracketHeight;
      });
      this.height = y + 8;
      this.canvas.style.height = this.height + "px";
      this.rowOf = new Map(this.rows.map(row => [row.index, row]));
    }

    // From instants to places and back: folded, of each repetition the first is shown and the others take no place.
    fold(on) {
      this.folded = on; this.cuts = [];
      let gone = 0;
      if (on) for (let k = 0; k < this.data.cuts.length; k += 4) {
        const [from, to, count, words] = this.data.cuts.slice(k, k + 4);
        this.cuts.push({ from, to, count, words, gone });
        gone += to - from;
      }
      this.gone = gone;
    }
    before(instant) {
      let low = 0, high = this.cuts.length;
      while (low < high) { const middle = (low + high) >> 1; if (this.cuts[middle].from <= instant) low = middle + 1; else high = middle; }
      return low ? this.cuts[low - 1] : null;
    }
    place(instant) { const cut = this.before(instant); return cut ? (instant < cut.to ? cut.from - cut.gone : instant - cut.gone - (cut.to - cut.from)) : instant; }
    instant(place) {
      let more = 0;
      for (const cut of this.cuts) { if (cut.from - cut.gone > place) break; more = cut.gone + cut.to - cut.from; }
      return place + more;
    }

    hidden(from, to) { const cut = this.before(from); return cut && to < cut.to; }

    x(instant) { return Timeline.left + (this.place(instant) - this.from) * this.scale; }

    show(from, to) {
      const [first, last] = [this.data.range[0], this.data.range[1] - this.gone];
      const least = Math.max(1, (last - first) / 1e7);
      let wide = Math.min(Math.max(to - from, least), (last - first) * 1.06 || 1);
      const slack = (last - first) * 0.03;
      from = Math.min(Math.max(from, first - slack), last + slack - wide);
      this.from = from; this.to = from + wide;
      this.soon();
    }
    goHome() { this.show(this.place(this.home[0]), this.place(this.home[1])); }
    zoom(factor, at = (this.from + this.to) / 2) { this.show(at - (at - this.from) * factor, at + (this.to - at) * factor); }
    pan(share) { const by = (this.to - this.from) * share; this.show(this.from + by, this.to + by); }

    soon() {
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => { this.waiting = false; this.draw(); });
    }

    colours() {
      this.paint = {};
      for (const [word] of this.data.states) this.paint[word] = colour(word);
      for (const name of ["paper", "ink", "faint", "line", "focus", "onbar", "bad"]) this.paint[name] = colour(name);
    }

    draw() {
      const wide = this.canvas.clientWidth, ratio = window.devicePixelRatio || 1;
      if (!wide) return;
      if (this.canvas.width !== Math.round(wide * ratio) || this.canvas.height !== Math.round(this.height * ratio)) {
        this.canvas.width = Math.round(wide * ratio); this.canvas.height = Math.round(this.height * ratio);
      }
      if (!this.paint) this.colours();
      const pen = this.canvas.getContext("2d"), paint = this.paint;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.scale = (wide - Timeline.left - 8) / (this.to - this.from);
      pen.fillStyle = paint.paper; pen.fillRect(0, 0, wide, this.height);
      pen.save(); pen.beginPath(); pen.rect(Timeline.left, 0, wide - Timeline.left, this.height); pen.clip();
      const focus = this.data.focus;
      if (focus) { pen.fillStyle = paint.focus; pen.fillRect(this.x(focus[0]), Timeline.top, Math.max(2, this.x(focus[1]) - this.x(focus[0])), this.height); }
      this.axis(pen, wide);
      for (const row of this.rows) this.bars(pen, row, wide);
      this.arrows(pen);
      this.moments(pen);
      pen.fillStyle = paint.faint;
      for (const cut of this.cuts) this.beside(pen, `×${cut.count}`, this.x(cut.from), Timeline.top - 2, wide), pen.fillRect(this.x(cut.from), Timeline.top, 1, this.height);
      pen.restore();
      pen.font = "12px system-ui, sans-serif"; pen.fillStyle = paint.ink;
      for (const row of this.rows) {
        let name = row.lane.name;
        while (name.length > 3 && pen.measureText(name).width > Timeline.left - 12) name = name.slice(0, -2) + "…";
        pen.fillText(name, 4, row.y + 15);
      }
      this.status.textContent = `${this.text(Math.max(this.data.range[0], this.instant(this.from)))} to ${this.text(Math.min(this.data.range[1], this.instant(this.to)))} of ${this.text(this.data.range[1])}`;
      this.drawn = (this.drawn || 0) + 1;
    }

    // To the right of a line, or to its left where there is no room.
    beside(pen, text, x, y, wide) {
      const length = pen.measureText(text).width;
      pen.fillText(text, x + 3 + length > wide ? x - 3 - length : x + 3, y);
    }

    axis(pen, wide) {
      pen.font = "11px system-ui, sans-serif";
      const least = 110 / this.scale;
      let step = 10 ** Math.floor(Math.log10(least));
      step *= [1, 2, 5, 10].find(factor => step * factor >= least);
      if (step < 1) step = 1;
      pen.strokeStyle = this.paint.line; pen.fillStyle = this.paint.faint; pen.lineWidth = 1;
      const ends = [this.data.range[0], ...this.cuts.flatMap(cut => [cut.from, cut.to]), this.data.range[1]];
      let free = -Infinity;
      for (let k = 0; k < ends.length; k += 2)
        for (let at = Math.ceil(Math.max(ends[k], this.instant(this.from)) / step) * step; at <= ends[k + 1] && this.place(at) <= this.to; at += step) {
          if (this.place(at) < free) continue;
          free = this.place(at) + step;
          const x = this.x(at);
          pen.beginPath(); pen.moveTo(x, Timeline.top - 8); pen.lineTo(x, this.height); pen.stroke();
          this.beside(pen, this.text(at), x, 12, wide);
        }
    }

    // The first bar that ends after an instant: bars are in order.
    firstBar(bars, instant) {
      let low = 0, high = bars.length / 6;
      while (low < high) { const middle = (low + high) >> 1; if (bars[middle * 6 + 1] <= instant) low = middle + 1; else high = middle; }
      return low * 6;
    }

    // Of what is narrower than a pixel the tallest is drawn, once for the pixel.
    bars(pen, row, wide) {
      const { bars, core } = row.lane, { states, words } = this.data, end = this.instant(this.to);
      let last = -1, tallest = 0;
      for (let k = this.firstBar(bars, this.instant(this.from)); k < bars.length && bars[k] <= end; k += 6) {
        const x = this.x(bars[k]), right = this.x(bars[k + 1]);
        if (right === x) continue;
        const [state, offset, tall] = states[bars[k + 2]];
        if (right <= last && right - x < 1 && tall <= tallest) continue;
        tallest = right <= last ? Math.max(tall, tallest) : tall;
        pen.fillStyle = this.paint[state];
        pen.fillRect(x, row.y + offset, Math.max(1, right - x - (right - x > 3 ? 0.5 : 0)), tall);
        last = Math.ceil(Math.max(x + 1, last));
        const visible = Math.min(right, wide) - Math.max(x, Timeline.left);
        if (tall >= 10 && visible > 26) {
          const label = core ? words[bars[k + 3]] : bars[k + 4] >= 0 ? String(bars[k + 4]) : "";
          if (label && pen.measureText(label).width < visible - 6) { pen.fillStyle = state === "ready" ? "#111" : this.paint.onbar; pen.fillText(label, Math.max(x, Timeline.left) + 3, row.y + 15); }
        }
      }
      pen.strokeStyle = this.paint.ink; pen.fillStyle = this.paint.ink;
      row.brackets.forEach((stack, depth) => {
        const y = row.y + Timeline.rowHeight + depth * Timeline.bracketHeight;
        let drawn = -1;
        for (const k of stack) {
          const b = this.data.brackets, x = this.x(b[k]), right = this.x(b[k + 1]);
          if (right < Timeline.left || x > wide || (right - x < 1 && right <= drawn) || this.hidden(b[k], b[k + 1])) continue;
          drawn = right + 1;
          if (right - x < 3) { pen.fillStyle = this.paint.faint; pen.fillRect(x, y + 2, Math.max(1, right - x), 1); pen.fillStyle = this.paint.ink; continue; }
          pen.setLineDash(b[k + 5] ? [] : [4, 3]);
          pen.beginPath(); pen.moveTo(x, y + 7); pen.lineTo(x, y + 2); pen.lineTo(right, y + 2); if (b[k + 5]) pen.lineTo(right, y + 7); pen.stroke();
          const from = Math.max(x, Timeline.left), visible = Math.min(right, wide) - from;
          if (visible < 40) continue;
          const label = `${this.data.words[b[k + 4]]} ${this.text(b[k + 1] - b[k])}`;
          if (visible > pen.measureText(label).width + 8) pen.fillText(label, from + 5, y + 14);
        }
        pen.setLineDash([]);
      });
    }

    // Arrows only where they can be told apart: not more than a few hundred at once.
    arrows(pen) {
      const a = this.data.arrows, [from, to] = [this.instant(this.from), this.instant(this.to)], seen = [];
      for (let k = 0; k < a.length && a[k] <= to; k += 7) if (a[k + 1] >= from && !this.hidden(a[k], a[k + 1])) { seen.push(k); if (seen.length > 400) return; }
      pen.strokeStyle = pen.fillStyle = this.paint.faint; pen.lineWidth = 1;
      for (const k of seen) {
        const one = this.rowOf.get(a[k + 2]), two = this.rowOf.get(a[k + 3]);
        if (!one || !two) continue;
        const [x1, y1, x2, y2] = [this.x(a[k]), one.y + 11, this.x(a[k + 1]), two.y + 11], angle = Math.atan2(y2 - y1, x2 - x1);
        pen.setLineDash(a[k + 5] === 3 ? [3, 2] : []);
        pen.beginPath(); pen.moveTo(x1, y1); pen.lineTo(x2, y2); pen.stroke();
        pen.setLineDash([]);
        pen.beginPath(); pen.moveTo(x2, y2); pen.lineTo(x2 - 7 * Math.cos(angle - 0.4), y2 - 7 * Math.sin(angle - 0.4)); pen.lineTo(x2 - 7 * Math.cos(angle + 0.4), y2 - 7 * Math.sin(angle + 0.4)); pen.fill();
      }
    }

    moments(pen) {
      const m = this.data.moments, [from, to] = [this.instant(this.from), this.instant(this.to)];
      let last = new Map();
      for (let k = 0; k < m.length; k += 5) {
        if (m[k] < from || m[k] > to || this.hidden(m[k], m[k])) continue;
        const row = this.rowOf.get(m[k + 1]), x = this.x(m[k]), y = row ? row.y : Timeline.top - 8;
        if (!m[k + 3] && Math.abs((last.get(y) ?? -9) - x) < 4) continue;
        last.set(y, x);
        pen.fillStyle = m[k + 3] ? this.paint.bad : this.paint.ink;
        pen.beginPath(); pen.moveTo(x, y + 5); pen.lineTo(x - 3, y); pen.lineTo(x + 3, y); pen.fill();
      }
    }

    // What is at a point of the picture, in words.
    says(x, y) {
      if (x < Timeline.left) return null;
      const row = this.rows.findLast(row => row.y <= y), place = this.from + (x - Timeline.left) / this.scale, at = this.instant(place), lines = [];
      const near = instant => !this.hidden(instant, instant) && Math.abs(this.place(instant) - place) * this.scale <= 4, written = word => word >= 0 ? "\n" + this.data.words[word] : "";
      const m = this.data.moments;
      for (let k = 0; k < m.length && lines.length < 6; k += 5)
        if (m[k + 1] === (row ? row.index : -1) && near(m[k])) lines.push(`${this.text(m[k])}: ${this.data.words[m[k + 2]]}${written(m[k + 4])}`);
      if (!row) {
        for (const cut of this.cuts) if (Math.abs(this.x(cut.from) - x) <= 12) lines.push(this.data.words[cut.words]);
        return lines.length ? lines.join("\n") : null;
      }
      const depth = Math.floor((y - row.y - Timeline.rowHeight) / Timeline.bracketHeight);
      if (depth >= 0) {
        const b = this.data.brackets, k = row.brackets[depth]?.find(k => b[k] <= at && at <= b[k + 1]);
        return k === undefined ? null : `${this.data.words[b[k + 4]]}: ${this.text(b[k + 1] - b[k])}\n${this.text(b[k])} to ${this.text(b[k + 1])}${b[k + 5] ? "" : ", not ended"}${written(b[k + 6])}`;
      }
      const bars = row.lane.bars, k = this.firstBar(bars, at);
      if (k < bars.length && bars[k] <= at) {
        lines.unshift(`${row.lane.name}: ${this.data.words[bars[k + 3]]}`, `${this.text(bars[k])} to ${this.text(bars[k + 1])}, ${this.text(bars[k + 1] - bars[k])}${bars[k + 4] >= 0 ? `, priority ${bars[k + 4]}` : ""}`);
        if (bars[k + 5] >= 0) lines.splice(2, 0, this.data.words[bars[k + 5]]);
      }
      const a = this.data.arrows;
      for (let k = 0; k < a.length && lines.length < 9; k += 7)
        if ((a[k + 2] === row.index && near(a[k])) || (a[k + 3] === row.index && near(a[k + 1])))
          lines.push(`${this.data.lanes[a[k + 2]].name} → ${this.data.lanes[a[k + 3]].name}: ${this.data.words[a[k + 4]]}${written(a[k + 6])}`);
      return lines.length ? lines.join("\n") : null;
    }

    listen() {
      const { canvas } = this;
      const at = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
      canvas.addEventListener("wheel", event => {
        if (!(event.ctrlKey || event.metaKey || document.activeElement === canvas)) return;
        event.preventDefault();
        this.zoom(Math.exp(event.deltaY * 0.0015), this.from + (at(event)[0] - Timeline.left) / this.scale);
      }, { passive: false });
      let held = null;
      canvas.addEventListener("pointerdown", event => { held = [event.clientX, this.from, this.to]; canvas.setPointerCapture(event.pointerId); });
      canvas.addEventListener("pointermove", event => {
        if (held) { const by = (event.clientX - held[0]) / this.scale; this.show(held[1] - by, held[2] - by); hover.hidden = true; return; }
        const words = this.says(...at(event));
        hover.hidden = !words;
        if (!words) return;
        hover.textContent = words;
        const { width, height } = hover.getBoundingClientRect(), beside = event.clientY + 14;
        hover.style.left = Math.max(0, Math.min(event.clientX + 14, innerWidth - width)) + "px";
        hover.style.top = (beside + height > innerHeight ? Math.max(0, event.clientY - 14 - height) : beside) + "px";
      });
      for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => held = null);
      canvas.addEventListener("pointerleave", () => hover.hidden = true);
      const keys = { "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1 / 0.7), ArrowLeft: () => this.pan(-0.15), ArrowRight: () => this.pan(0.15), Home: () => this.goHome(), End: () => this.show(...this.data.range), Escape: () => hover.hidden = true };
      canvas.addEventListener("keydown", event => { if (keys[event.key]) { event.preventDefault(); keys[event.key](); } });
      for (const button of this.box.querySelectorAll("button")) button.addEventListener("click", () => ({
        in: () => this.zoom(0.7), out: () => this.zoom(1 / 0.7), left: () => this.pan(-0.3), right: () => this.pan(0.3), home: () => this.goHome(), all: () => this.show(...this.data.range),
        fold: () => { this.fold(!this.folded); button.setAttribute("aria-pressed", this.folded); this.show(...this.data.range); },
      })[button.dataset.do]());
      new ResizeObserver(() => this.soon()).observe(canvas);
    }
  }

  function chart(box, data) {
    const ink = colour("ink"), line = colour("line"), exact = colour("ink"), measured = colour("in_lock"), simulated = colour("running");
    const made = echarts.init(box, null, { renderer: "svg" });
    const axis = name => ({ type: "value", name, nameLocation: "middle", nameGap: 28, scale: true, axisLabel: { color: ink }, nameTextStyle: { color: ink }, splitLine: { lineStyle: { color: line } } });
    // Marks at one place share a label.
    const lines = vertical => [...Map.groupBy(data.marks, mark => mark.at)].map(([at, marks]) => {
      const name = marks.map(mark => mark.name).join(" = "), certain = marks.some(mark => mark.exact);
      return {
        name, [vertical ? "xAxis" : "yAxis"]: at, label: { formatter: name, color: ink, position: vertical ? "end" : "insideEndTop", rotate: vertical ? 20 : 0, align: vertical ? "left" : undefined, fontSize: 11 },
        lineStyle: { color: certain ? exact : measured, type: certain ? "solid" : "dashed", width: 2 },
      };
    });
    const option = { animation: false, aria: { enabled: true }, grid: { left: 70, right: 150, top: 90, bottom: 60 }, textStyle: { color: ink }, tooltip: { trigger: "item" }, toolbox: { feature: { dataZoom: {} , restore: {} } }, dataZoom: [{ type: "inside", zoomOnMouseWheel: "ctrl" }] };
    const shown = data.marks.map(mark => mark.at);
    if (data.kind === "values") {
      const bars = data.counts.map((count, k) => [data.edges[k], data.edges[k + 1], count]);
      const all = shown.concat(data.edges), low = Math.min(...all), high = Math.max(...all), slack = (high - low) * 0.05 || 1;
      Object.assign(option, {
        xAxis: { ...axis(`time (${data.unit})`), min: low - slack, max: high + slack, axisLabel: { color: ink, showMinLabel: false, showMaxLabel: false } }, yAxis: { ...axis("simulated values"), min: 0, nameGap: 52 },
        series: [{
          type: "custom", name: "simulated", data: bars, encode: { x: [0, 1], y: 2 }, itemStyle: { color: simulated }, markLine: { symbol: "none", data: lines(true), silent: true },
          renderItem: (_, api) => { const a = api.coord([api.value(0), api.value(2)]), b = api.coord([api.value(1), 0]); return { type: "rect", shape: { x: a[0], y: a[1], width: Math.max(1, b[0] - a[0] - 1), height: b[1] - a[1] }, style: api.style() }; },
          tooltip: { formatter: item => `${item.value[0]} to ${item.value[1]} ${data.unit}: ${item.value[2]}` },
        }],
      });
    } else {
      const all = shown.concat(data.trials.flatMap(trial => trial.points.map(point => point[1]))), low = Math.min(...all), high = Math.max(...all), slack = (high - low) * 0.08 || 1;
      Object.assign(option, {
        legend: { type: "scroll", top: 28, left: 60, right: 120, textStyle: { color: ink } },
        xAxis: { ...axis(`interval; 0: ${data.disturbance} begins`), minInterval: 1 }, yAxis: { ...axis(`length (${data.unit})`), min: Math.floor(Math.max(0, low - slack)), max: Math.ceil(high + slack), nameGap: 52 },
        series: data.trials.map((trial, k) => ({ type: "line", name: trial.name, data: trial.points, symbolSize: point => point[2] ? 8 : 3, lineStyle: { width: 1 }, markLine: k === 0 ? { symbol: "none", data: lines(false), silent: true } : undefined, tooltip: { formatter: item => `${trial.name}, interval ${item.value[0]}: ${item.value[1]} ${data.unit}` } })),
      });
    }
    made.setOption(option);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box);
    return () => { observer.disconnect(); made.dispose(); };
  }

  const hover = document.createElement("div");
  hover.className = "hover"; hover.hidden = true; hover.setAttribute("role", "tooltip");
  document.body.append(hover);

  // What is not in sight is not made yet; for print everything is.
  const lazily = new Map();
  const make = box => { const maker = lazily.get(box); if (maker) { lazily.delete(box); maker(); } };
  const seen = new IntersectionObserver(entries => { for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); make(entry.target); } }, { rootMargin: "400px" });
  const timelines = [], charts = [];
  for (const box of document.querySelectorAll(".timeline")) lazily.set(box, () => timelines.push(box.timeline = new Timeline(box)));
  for (const box of document.querySelectorAll(".chart")) {
    const data = JSON.parse(box.nextElementSibling.textContent);
    const draw = () => charts.push({ dispose: chart(box, data), draw });
    lazily.set(box, draw);
  }
  for (const box of lazily.keys()) seen.observe(box);
  const repaint = () => {
    for (const one of timelines) { one.colours(); one.draw(); }
    for (const { dispose, draw } of charts.splice(0)) { dispose(); draw(); }
  };
  // On paper everything is there, in light colours and no wider than a page.
  const paper = document.documentElement.classList;
  let opened = [];
  addEventListener("beforeprint", () => {
    paper.add("print");
    for (const box of [...lazily.keys()]) make(box);
    opened = [...document.querySelectorAll("details.print:not([open])")];
    for (const details of opened) details.open = true;
    repaint();
  });
  addEventListener("afterprint", () => {
    paper.remove("print");
    for (const details of opened.splice(0)) details.open = false;
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
})();
