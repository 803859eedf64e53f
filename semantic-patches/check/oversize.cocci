// what: a constant size that kmalloc() can never give, or only by luck
// why: kmalloc() is limited to KMALLOC_MAX_SIZE (4 MiB with 4 KiB pages on most machines) and fails always above; from 128 KiB
//	on it needs 32 adjacent free pages, which a machine that has run for a while often lacks
// caveats: only constants that can be computed from literals and the SZ_ names; memory that a device reads has to be
//	contiguous and wants the DMA interface instead; the sizes below the limit have low confidence
// confidence: high
// rule: alloc/oversize
// resource: memory
// tokens: kmalloc|kzalloc|kmalloc_node|kzalloc_node|devm_kmalloc|devm_kzalloc|kmalloc_array|kcalloc
// match: alloc\w*\s*\([^;]*(SZ_(\d+[MG]|\d{3}K)|<<\s*[12]\d|\b\d{6,}|0[xX][0-9a-fA-F]{5,}|\d\s*\*\s*\d)

@initialize:python@
@@
import re

def oversize_value(text):
	"""The value of a constant expression, or None when it isn't one."""
	text = text.replace(" ", "")
	unit = {"K": 10, "M": 20, "G": 30, "": 0}
	text = re.sub(r"\bSZ_(\d+)([KMG]?)\b", lambda m: str(int(m.group(1)) << unit[m.group(2)]), text)
	text = re.sub(r"\b(0[xX][0-9a-fA-F]+|\d+)[uUlL]+\b", r"\1", text)
	if not re.fullmatch(r"(0[xX][0-9a-fA-F]+|[1-9]\d*|0|[-+*()]|<<)+", text) or len(text) > 60 or re.search(r"<<\d{3}", text):
		return None
	try:
		return eval(text, {"__builtins__": {}})
	except (SyntaxError, TypeError, ValueError):
		return None

def oversize_report(p, size, alloc):
	n = oversize_value(size)
	if not isinstance(n, int):
		return
	if n > 4 << 20:
		coccilib.report.print_report(p, "%s() of %d KiB always fails: over its limit, use the kvmalloc family {acquire: %s}" % (alloc, n >> 10, alloc))
	elif n >= 128 << 10:
		coccilib.report.print_report(p, "%s() of %d KiB needs adjacent free pages and may fail: consider the kvmalloc family {acquire: %s} {confidence: low}" % (alloc, n >> 10, alloc))

@oversize@
expression size;
identifier alloc = {kmalloc, kzalloc, kmalloc_node, kzalloc_node};
position p;
@@

 alloc@p(size, ...)

@script:python@
p << oversize.p;
size << oversize.size;
alloc << oversize.alloc;
@@
oversize_report(p[0], size, alloc)

@oversize_array@
expression n, size;
identifier alloc = {kmalloc_array, kcalloc};
position p;
@@

 alloc@p(n, size, ...)

@script:python@
p << oversize_array.p;
n << oversize_array.n;
size << oversize_array.size;
alloc << oversize_array.alloc;
@@
oversize_report(p[0], "(%s)*(%s)" % (n, size), alloc)

@oversize_devm@
expression dev, size;
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p;
@@

 alloc@p(dev, size, ...)

@script:python@
p << oversize_devm.p;
size << oversize_devm.size;
alloc << oversize_devm.alloc;
@@
oversize_report(p[0], size, alloc)
