// what: memory that is allocated and then cleared as a whole
// why: the zeroing allocator says both in one call, can take pages that are already clear, and leaves no window in which
//	the object holds old data
// caveats: told only for the first clearing in the same function, before any use of the object, and only when the sizes agree
//	textually or both are a plain sizeof
// confidence: high
// rule: alloc/zero
// resource: memory
// tokens: memset & kmalloc|kmalloc_node|kvmalloc|kvmalloc_node|vmalloc|vmalloc_node
// match: (?<![\w>.\]-])([\w>.\[\]-]+)\s*=\s*[^;=]*\b(?:k[mv]+alloc(?:_node)?|vmalloc(?:_node)?)\s*\([^;]*;.*?memset\s*\(\s*\1\s*,\s*(0|'\\0'|0x0+)\s*,

@initialize:python@
@@
zalloc_of = {"kmalloc": "kzalloc", "kmalloc_node": "kzalloc_node", "kvmalloc": "kvzalloc",
	     "kvmalloc_node": "kvzalloc_node", "vmalloc": "vzalloc", "vmalloc_node": "vzalloc_node"}

def zalloc_report(p, q, x, size, size2, alloc):
	a, b = size.replace(" ", ""), size2.replace(" ", "")
	plain = all(s.startswith("sizeof(") and s.find(")") == len(s) - 1 for s in (a, b))
	if a == b or plain:
		coccilib.report.print_report(q, "memory from %s() is cleared right after the allocation: use %s() {expr: %s} {acquire: %s} {note: %s: allocated here}" % (alloc, zalloc_of[alloc], x, alloc, p.line))

@zalloc_elsewhere exists@
expression x, E;
identifier f;
position r;
@@

 f(...)
 {
 ... when != x = E
 memset@r(x, 0, ...)
 ... when any
 }

@zalloc_loop exists@
expression x, E;
position r;
@@

 memset@r(x, 0, ...)
 ... when != x = E
 memset@r(x, 0, ...)

@zalloc_wipe@
expression x;
identifier release =~ "free";
position r;
@@

 memset@r(x, 0, ...);
 release(..., x, ...);

@zalloc_used exists@
expression x, y, E, E2;
identifier fld;
identifier fn != memset;
identifier alloc =~ "alloc";
position r;
type T;
@@

(
 x = alloc@r(...);
|
 x = (T)alloc@r(...);
)
 ... when != memset(x, 0, ...)
     when != x = E
 \(x->fld\|x[y]\|*x = y\|fn(..., x, ...)\|E2 = x\)

@zalloc exists@
expression x, y, size, size2;
type T;
identifier fld, fn;
identifier alloc = {kmalloc, kmalloc_node, kvmalloc, kvmalloc_node, vmalloc, vmalloc_node};
position p != zalloc_used.r, q != {zalloc_elsewhere.r, zalloc_loop.r, zalloc_wipe.r};
@@

(
 x = alloc@p(size, ...);
|
 x = (T)alloc@p(size, ...);
)
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, size2);

@script:python@
p << zalloc.p;
q << zalloc.q;
x << zalloc.x;
size << zalloc.size;
size2 << zalloc.size2;
alloc << zalloc.alloc;
@@
zalloc_report(p[0], q[0], x, size, size2, alloc)

@zalloc_decl exists@
expression y, size, size2;
type T, T2;
identifier fld, fn, x;
identifier alloc = {kmalloc, kmalloc_node, kvmalloc, kvmalloc_node, vmalloc, vmalloc_node};
position p != zalloc_used.r, q != {zalloc_loop.r, zalloc_wipe.r};
@@

(
 T x = alloc@p(size, ...);
|
 T x = (T2)alloc@p(size, ...);
)
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, size2);

@script:python@
p << zalloc_decl.p;
q << zalloc_decl.q;
x << zalloc_decl.x;
size << zalloc_decl.size;
size2 << zalloc_decl.size2;
alloc << zalloc_decl.alloc;
@@
zalloc_report(p[0], q[0], x, size, size2, alloc)
