// what: memory is allocated and then filled by a copy of the same size
// why: kmemdup(), and memdup_user() for a copy from user space, do both, check both and undo the first when the second fails
// caveats: harmless; left out when a lock is taken in between, because the allocation would move under it
// confidence: low
// rule: check/redundant
// resource: memory
// tokens: kmalloc|kzalloc|devm_kmalloc|devm_kzalloc & memcpy|copy_from_user
// match: ([\w>.\[\]-]+)\s*=\s*[^;=]*alloc\w*\s*\([^;]*;.*?(memcpy|copy_from_user)\s*\(\s*\1\s*,

@memdup@
expression x, y, size, flags, from;
identifier fld, fn;
identifier lock =~ "lock";
identifier alloc = {kmalloc, kzalloc};
identifier copy = {memcpy, copy_from_user};
position p, q;
@@

 x = alloc@p(size, flags);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\|lock(...)\)
 copy@q(x, from, size)

@script:python@
p << memdup.p;
q << memdup.q;
x << memdup.x;
alloc << memdup.alloc;
copy << memdup.copy;
flags << memdup.flags;
@@
dup = "kmemdup" if copy == "memcpy" else "memdup_user"
coccilib.report.print_report(p[0], "%s() and %s() of the same size: use %s() {expr: %s} {acquire: %s} {note: %s: copied here}" % (alloc, copy, dup, x, alloc, q[0].line))

@memdup_devm@
expression x, y, dev, size, flags, from;
identifier fld, fn;
identifier lock =~ "lock";
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p, q;
@@

 x = alloc@p(dev, size, flags);
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\|lock(...)\)
 memcpy@q(x, from, size)

@script:python@
p << memdup_devm.p;
q << memdup_devm.q;
x << memdup_devm.x;
alloc << memdup_devm.alloc;
@@
coccilib.report.print_report(p[0], "%s() and memcpy() of the same size: use devm_kmemdup() {expr: %s} {acquire: %s} {note: %s: copied here}" % (alloc, x, alloc, q[0].line))
