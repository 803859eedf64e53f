/* The first page: how much there is, where it is, of which kind. Every picture leads to the list, filtered. */

function tile(value, text, href) {
	return h(href ? "a" : "div", {class: "tile", href}, h("b", {}, value), h("span", {}, text));
}

function countBy(key, n) {
	const counts = Array.from({length: n}, () => [0, 0, 0]);

	for (let i = 0; i < N; i++)
		counts[D.cols[key][i]][D.cols.conf[i]]++;
	return counts;
}

function tiles() {
	const c = [0, 0, 0];

	for (let i = 0; i < N; i++)
		c[D.cols.conf[i]]++;
	return h("div", {class: "tiles"},
		tile(number(N), N === 1 ? "finding" : "findings", "#/list"),
		tile(number(c[2]), "high confidence", listAddress({conf: "high"})),
		tile(number(c[1]), "medium confidence", listAddress({conf: "medium"})),
		D.least ? "" : tile(number(c[0]), "low confidence", listAddress({conf: "low"})),
		tile(`${number(D.analysed)} / ${number(D.units)}`, "units analysed"));
}

function treemapPanel() {
	const box = h("div", {class: "treemap"}), crumbs = h("span", {class: "crumbs mono"}), left = h("span", {class: "hint"});
	const all = h("a", {href: "#/list"}, "show in the list");
	let at = "";

	function show(path) {
		if (path && !path.endsWith("/")) {
			location.hash = listAddress({path});
			return;
		}
		const parts = path.split("/").filter(Boolean);

		at = path;
		const rest = drawTreemap(box, path, show);

		left.textContent = rest.n ? `without ${number(rest.n)} smaller ones, ${number(rest.size)} findings in all` : "";

		crumbs.replaceChildren(h("button", {type: "button", onclick: () => show("")}, "all"));
		parts.forEach((p, i) => crumbs.append(" / ", h("button", {
			type: "button", onclick: () => show(parts.slice(0, i + 1).join("/") + "/"),
		}, p)));
		all.href = listAddress({path});
	}
	addEventListener("resize", () => box.isConnected && box.clientWidth && show(at));
	return {
		panel: h("div", {class: "panel"},
			h("div", {class: "panel-head"}, h("h2", {}, "By subsystem"), crumbs, all, left,
				h("span", {class: "scale"}, "share of high confidence: none", h("i"), "all")),
			box),
		draw: () => show(at),
	};
}

function rulesPanel() {
	const counts = countBy("rule", D.rules.length);
	const rows = D.rules.map((r, i) => ({name: r.id, title: r.title, href: listAddress({rule: r.id}), counts: counts[i]}));

	rows.sort((a, b) => b.counts.reduce((x, y) => x + y) - a.counts.reduce((x, y) => x + y));
	return h("div", {class: "panel"}, h("div", {class: "panel-head"}, h("h2", {}, "By rule"), legend()), bars(rows));
}

function resourcesPanel() {
	const map = new Map();

	for (let i = 0; i < N; i++) {
		const name = str("resource", i) || "(none)";

		if (!map.has(name))
			map.set(name, [0, 0, 0]);
		map.get(name)[D.cols.conf[i]]++;
	}
	const rows = [...map].map(([name, counts]) => ({name, title: name, href: listAddress({resource: name}), counts}));

	rows.sort((a, b) => b.counts.reduce((x, y) => x + y) - a.counts.reduce((x, y) => x + y));
	return h("div", {class: "panel"}, h("div", {class: "panel-head"}, h("h2", {}, "By resource"), legend()), bars(rows.slice(0, 14)));
}

function failedPanel() {
	if (!D.failed.length)
		return null;
	return h("div", {class: "panel"}, h("details", {},
		h("summary", {}, `${number(D.failed.length)} units could not be analysed`),
		h("ul", {}, D.failed.slice(0, 500).map(([file, why]) => h("li", {}, h("code", {}, file), ": ", why)))));
}

function trendPanel() {
	if (D.history.length < 2)
		return null;
	return h("div", {class: "panel"},
		h("div", {class: "panel-head"}, h("h2", {}, "Over the runs"), legend(),
			h("span", {class: "hint"}, "below each column the number of the run, its release and how many files it looked at")),
		trend(D.history));
}

let drawOverview = null;

function showOverview() {
	if (!drawOverview) {
		const map = treemapPanel();

		$("overview").append(
			h("h1", {}, D.release ? `Linux ${D.release}` : "Findings"),
			h("p", {class: "hint no-print"}, "Select a rectangle to go into a directory, a bar or a number to see its findings."),
			tiles(), N ? map.panel : h("div", {class: "panel empty"}, "No findings."),
			...(N ? [h("div", {class: "columns"}, rulesPanel(), resourcesPanel())] : []),
			trendPanel() || "", failedPanel() || "");
		drawOverview = N ? map.draw : () => {};
	}
	drawOverview();
}
