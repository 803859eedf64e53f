/* Pictures: treemap, stacked bars, trend. Each has its numbers as text too, so that nothing is told by colour alone. */

/*
 * Squarified treemap (Bruls, Huizing, van Wijk 2000): rectangles as close to squares as their order allows.
 * items: [{size}], descending; gives each x, y, w, h.
 */
function squarify(items, x, y, w, hgt) {
	let total = items.reduce((s, i) => s + i.size, 0), at = 0;

	while (at < items.length) {
		const side = Math.min(w, hgt), scale = (w * hgt) / total;
		let n = 1, sum = items[at].size, worst = ratio(items, at, 1, sum * scale, side, scale);

		while (at + n < items.length) {
			const more = sum + items[at + n].size, r = ratio(items, at, n + 1, more * scale, side, scale);

			if (r > worst)
				break;
			worst = r;
			sum = more;
			n++;
		}
		const thick = (sum * scale) / side;
		let along = 0;

		for (let i = at; i < at + n; i++) {
			const len = (items[i].size * scale) / thick;

			Object.assign(items[i], w >= hgt ? {x, y: y + along, w: thick, h: len} : {x: x + along, y, w: len, h: thick});
			along += len;
		}
		if (w >= hgt) {
			x += thick;
			w -= thick;
		} else {
			y += thick;
			hgt -= thick;
		}
		total -= sum;
		at += n;
	}
	return items;
}

function ratio(items, at, n, area, side, scale) {
	const big = items[at].size * scale, small = items[at + n - 1].size * scale, s2 = side * side, a2 = area * area;

	return Math.max((s2 * big) / a2, a2 / (s2 * small));
}

/* What lies directly below a directory, with counts, most first. */
function directChildren(prefix) {
	const map = new Map();

	for (let i = 0; i < N; i++) {
		const file = str("file", i);

		if (!file.startsWith(prefix))
			continue;
		const slash = file.indexOf("/", prefix.length), path = slash < 0 ? file : file.slice(0, slash + 1);
		let c = map.get(path);

		if (!c)
			map.set(path, c = {path, size: 0, high: 0});
		c.size++;
		c.high += D.cols.conf[i] === 2;
	}
	return [...map.values()];
}

/* A directory that takes this much of the picture is shown as what is in it. */
const OPEN_ABOVE = 0.4;

function childrenOf(prefix) {
	let items = directChildren(prefix);
	const total = items.reduce((s, c) => s + c.size, 0);

	for (;;) {
		const wide = items.find((c) => c.path.endsWith("/") && c.size > OPEN_ABOVE * total);

		if (!wide)
			break;
		items = items.filter((c) => c !== wide).concat(directChildren(wide.path));
		if (items.length > MAX_CELLS)
			break;
	}
	return items.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
}

/* Shares of the picture, not pixels: paper is narrower than the screen. */
function cellPlace(c, box) {
	const x = 100 / box.clientWidth, y = 100 / box.clientHeight;

	return `left:${c.x * x}%;top:${c.y * y}%;width:${c.w * x}%;height:${c.h * y}%;`;
}

function treemapCell(c, box, prefix, act) {
	const share = c.size ? c.high / c.size : 0, small = c.w < 34 || c.h < 18;
	const text = `${c.path}: ${number(c.size)} findings, ${number(c.high)} of high confidence`;
	const below = c.path.slice(prefix.length).replace(/\/$/, ""), cut = below.lastIndexOf("/") + 1;

	return h("button", {
		type: "button", title: text, "aria-label": text, onclick: act,
		style: cellPlace(c, box) +
			`background:color-mix(in oklab, color-mix(in oklab, var(--high) 55%, var(--panel)) ${Math.round(share * 100)}%, var(--low-bg))`,
	}, small ? null : h("b", {}, c.w > 110 && cut ? h("span", {class: "dir"}, below.slice(0, cut)) : null, below.slice(cut)),
	small || c.h < 38 ? null : number(c.size));
}

/* Beyond this many, cells are too small to hit: the rest is told in words. */
const MAX_CELLS = 70;

/* Draws the directory; what is left out comes back as {n, size}. */
function drawTreemap(box, prefix, open) {
	const items = childrenOf(prefix), shown = items.slice(0, MAX_CELLS), rest = items.slice(MAX_CELLS);

	box.replaceChildren(...squarify(shown, 0, 0, box.clientWidth, box.clientHeight).map((c) =>
		treemapCell(c, box, prefix, () => open(c.path))));
	return {n: rest.length, size: rest.reduce((s, c) => s + c.size, 0)};
}

/* rows: [{name, href, title, counts: [low, medium, high]}] */
function bars(rows) {
	const most = Math.max(1, ...rows.map((r) => r.counts[0] + r.counts[1] + r.counts[2]));
	const box = h("div", {class: "bars"});

	for (const r of rows) {
		const sum = r.counts[0] + r.counts[1] + r.counts[2];

		box.append(
			h("a", {class: "name mono", href: r.href, title: r.title}, r.name),
			h("span", {class: "track", "aria-hidden": "true"}, [2, 1, 0].filter((c) => r.counts[c]).map((c) =>
				h("i", {class: "fill-" + CONF[c], style: `width:${(100 * r.counts[c]) / most}%`, title: `${CONF[c]}: ${number(r.counts[c])}`}))),
			h("span", {class: "n"}, number(sum)));
	}
	return box;
}

function legend() {
	return h("span", {class: "legend"}, [2, 1, 0].filter((c) => c >= D.least).map((c) => h("span", {}, h("i", {class: "fill-" + CONF[c]}), CONF[c])));
}

/* Stacked columns, one a run. history: [[run, release, low, medium, high, units]] */
function trend(history) {
	const ns = "http://www.w3.org/2000/svg", w = 900, hgt = 200, left = 46, bottom = 44, top = 8;
	const most = Math.max(1, ...history.map((r) => r[2] + r[3] + r[4])), step = (w - left) / history.length;
	const svg = document.createElementNS(ns, "svg");
	const add = (tag, attrs, text) => {
		const e = document.createElementNS(ns, tag);

		for (const k in attrs)
			e.setAttribute(k, attrs[k]);
		if (text)
			e.append(text);
		svg.append(e);
		return e;
	};

	svg.setAttribute("viewBox", `0 0 ${w} ${hgt}`);
	svg.setAttribute("preserveAspectRatio", "xMinYMid");
	svg.setAttribute("class", "trend");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", "findings by run: " + history.map((r) => `run ${r[0]}: ${r[2] + r[3] + r[4]}`).join(", "));
	for (const [y, n] of [[top, most], [hgt - bottom, 0]]) {
		add("line", {x1: left, x2: w, y1: y, y2: y});
		add("text", {x: left - 6, y: y + 4, "text-anchor": "end"}, number(n));
	}
	history.forEach((r, i) => {
		let y = hgt - bottom;
		const bar = Math.min(step * 0.7, 48), x = left + i * step + (step - bar) / 2;

		for (const c of [2, 1, 0]) {
			const part = (r[2 + c] / most) * (hgt - bottom - top);
			const rect = add("rect", {x, y: y - part, width: bar, height: part, class: "fill-" + CONF[c]});
			const title = document.createElementNS(ns, "title");

			title.append(`run ${r[0]}, ${r[1]}, ${number(r[5])} files: ${number(r[2 + c])} ${CONF[c]}`);
			rect.append(title);
			y -= part;
		}
		/* Words take more room than numbers: with many runs they stand below some columns only. */
		[String(r[0]), r[1], number(r[5])].forEach((word, k) => {
			const room = k ? 64 : 26;

			if (i % Math.ceil(room / step) === 0)
				add("text", {x: x + bar / 2, y: hgt - 30 + 14 * k, "text-anchor": "middle"}, word);
		});
	});
	return svg;
}
