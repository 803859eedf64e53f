// what: managed, cache or array memory that is allocated and then cleared as a whole
// why: the zeroing form says both in one call and leaves no window in which the object holds old data
// caveats: as for zalloc; for arrays only the product written as number * size, in either order, is recognised
// confidence: high
// rule: alloc/zero
// resource: memory
// tokens: memset & devm_kmalloc|devm_kmalloc_array|kmem_cache_alloc|kmalloc_array|kvmalloc_array
// match: (?<![\w>.\]-])([\w>.\[\]-]+)\s*=\s*[^;=]*\b(?:devm_kmalloc(?:_array)?|kmem_cache_alloc|kv?malloc_array)\s*\([^;]*;.*?memset\s*\(\s*\1\s*,\s*(0|'\\0'|0x0+)\s*,

@initialize:python@
@@
def zalloc_managed_report(p, q, x, size, size2, alloc, zeroing):
	a, b = size.replace(" ", ""), size2.replace(" ", "")
	plain = all(s.startswith("sizeof(") and s.find(")") == len(s) - 1 for s in (a, b))
	if a == b or plain:
		coccilib.report.print_report(q, "memory from %s() is cleared right after the allocation: use %s() {expr: %s} {acquire: %s} {note: %s: allocated here}" % (alloc, zeroing, x, alloc, p.line))

@zalloc_managed_elsewhere exists@
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

@zalloc_managed_loop exists@
expression x, E;
position r;
@@

 memset@r(x, 0, ...)
 ... when != x = E
 memset@r(x, 0, ...)

@zalloc_managed_wipe@
expression x;
identifier release =~ "free";
position r;
@@

 memset@r(x, 0, ...);
 release(..., x, ...);

@zalloc_managed_used exists@
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

@zalloc_devm exists@
expression x, y, dev, size, size2;
identifier fld, fn;
position p != zalloc_managed_used.r, q != {zalloc_managed_elsewhere.r, zalloc_managed_loop.r, zalloc_managed_wipe.r};
@@

 x = devm_kmalloc@p(dev, size, ...);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, size2);

@script:python@
p << zalloc_devm.p;
q << zalloc_devm.q;
x << zalloc_devm.x;
size << zalloc_devm.size;
size2 << zalloc_devm.size2;
@@
zalloc_managed_report(p[0], q[0], x, size, size2, "devm_kmalloc", "devm_kzalloc")

@zalloc_cache exists@
expression x, y, cache;
type T;
identifier fld, fn;
position p != zalloc_managed_used.r, q != {zalloc_managed_elsewhere.r, zalloc_managed_loop.r, zalloc_managed_wipe.r};
@@

 x = kmem_cache_alloc@p(cache, ...);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, \(sizeof(*x)\|sizeof(T)\));

@script:python@
p << zalloc_cache.p;
q << zalloc_cache.q;
x << zalloc_cache.x;
@@
zalloc_managed_report(p[0], q[0], x, "", "", "kmem_cache_alloc", "kmem_cache_zalloc")

@zalloc_array exists@
expression x, y, n, size;
identifier fld, fn;
identifier alloc = {kmalloc_array, kvmalloc_array};
position p != zalloc_managed_used.r, q != {zalloc_managed_elsewhere.r, zalloc_managed_loop.r, zalloc_managed_wipe.r};
@@

 x = alloc@p(n, size, ...);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, \(n * size\|size * n\|array_size(n, size)\));

@script:python@
p << zalloc_array.p;
q << zalloc_array.q;
x << zalloc_array.x;
alloc << zalloc_array.alloc;
@@
zalloc_managed_report(p[0], q[0], x, "", "", alloc, "kcalloc" if alloc == "kmalloc_array" else "kvcalloc")

@zalloc_devm_array exists@
expression x, y, dev, n, size;
identifier fld, fn;
position p != zalloc_managed_used.r, q != {zalloc_managed_elsewhere.r, zalloc_managed_loop.r, zalloc_managed_wipe.r};
@@

 x = devm_kmalloc_array@p(dev, n, size, ...);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\)
 memset@q(x, 0, \(n * size\|size * n\|array_size(n, size)\));

@script:python@
p << zalloc_devm_array.p;
q << zalloc_devm_array.q;
x << zalloc_devm_array.x;
@@
zalloc_managed_report(p[0], q[0], x, "", "", "devm_kmalloc_array", "devm_kcalloc")
