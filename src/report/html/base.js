"use strict";
/* What every view uses: the data, elements, the address. Text from the scanned tree only ever becomes text nodes. */

const D = JSON.parse(document.getElementById("data").textContent);
const N = D.cols.line.length;
const CONF = ["low", "medium", "high"];

const $ = (id) => document.getElementById(id);

/* h("a", {href: "#/"}, "text", element, ...): an element. */
function h(tag, attrs, ...children) {
	const e = document.createElement(tag);

	for (const [k, v] of Object.entries(attrs || {})) {
		if (k.startsWith("on"))
			e.addEventListener(k.slice(2), v);
		else if (k === "style")
			e.style.cssText = v;
		else if (v !== false && v !== null && v !== undefined)
			e.setAttribute(k, v === true ? "" : v);
	}
	e.append(...children.flat().filter((c) => c !== null && c !== undefined));
	return e;
}

const str = (column, i) => D.strings[D.cols[column][i]];

/* One finding as an object, for the views that show few. */
function finding(i) {
	return {
		index: i, id: D.cols.id[i], fp: D.cols.fp[i], rule: D.rules[D.cols.rule[i]], conf: D.cols.conf[i],
		file: str("file", i), line: D.cols.line[i], column: D.cols.column[i], fn: str("fn", i), resource: str("resource", i),
		acquire: str("acquire", i), release: str("release", i), message: str("message", i), verdict: D.verdicts[D.cols.fp[i]],
	};
}

/* The kernel's subsystems are, near enough, the first two directories. */
const subsystem = (file) => file.split("/").slice(0, -1).slice(0, 2).join("/") || ".";

function badge(conf) {
	return h("span", {class: "badge " + CONF[conf]}, CONF[conf]);
}

const number = (n) => n.toLocaleString("en");

/* "#/list?rule=leak%2Floop" -> {view: "list", arg: "", query} */
function readAddress() {
	const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
	const [view, arg] = path.split("/");

	return {view: view || "overview", arg: arg || "", query: new URLSearchParams(query || "")};
}

function listAddress(params) {
	const q = new URLSearchParams();

	for (const [k, v] of Object.entries(params))
		if (v)
			q.set(k, v);
	const s = q.toString();
	return "#/list" + (s ? "?" + s : "");
}
