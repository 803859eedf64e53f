// what: a member that the file only ever fills from a managed allocator is released by kfree()
// why: the device core releases it again when the driver is unbound: a double free
// caveats: members are compared by name and by the type of the structure where the file shows it; files that also fill the
//	member in another way are left out
// confidence: medium
// rule: free/managed
// resource: memory
// release: kfree
// scope: file
// tokens: kfree|kvfree|kfree_sensitive & devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array|devm_kmemdup|devm_kstrdup|devm_kasprintf
// match: (->|\.)(\w+)\s*=\s*devm_k\w+\s*\(.*k\w*free\w*\s*\([^;]*(->|\.)\2\s*\)|k\w*free\w*\s*\([^;]*(->|\.)(\w+)\s*\).*(->|\.)\5\s*=\s*devm_k

@member_managed@
identifier T, fld;
struct T *x;
identifier alloc = {devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array, devm_kmemdup, devm_kstrdup, devm_kasprintf};
position q;
@@

 x->fld = alloc@q(...)

@member_otherwise@
identifier member_managed.T, member_managed.fld;
struct T *y;
identifier alloc != {devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array, devm_kmemdup, devm_kstrdup, devm_kasprintf};
identifier other;
@@

(
 y->fld = alloc(...)
|
 y->fld = other
)

@member_freed depends on !member_otherwise@
identifier member_managed.T, member_managed.fld;
struct T *y;
identifier release = {kfree, kvfree, kfree_sensitive};
position p;
@@

 release@p(y->fld)

@script:python@
p << member_freed.p;
q << member_managed.q;
y << member_freed.y;
fld << member_managed.fld;
alloc << member_managed.alloc;
release << member_freed.release;
@@
coccilib.report.print_report(p[0], "%s() of '%s', which is allocated by %s(): it is released again at unbind {expr: %s->%s} {acquire: %s} {release: %s} {note: %s: allocated here}" % (release, fld, alloc, y, fld, alloc, release, q[0].line))
