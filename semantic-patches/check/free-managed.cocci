// what: memory from a managed allocator released by kfree() in the same function
// why: the device core releases it again when the driver is unbound: a double free
// caveats: left out when the expression can also hold something that is not managed; both in one function and for the same expression, with no other assignment in between on some path
// confidence: high
// rule: free/managed
// resource: memory
// release: kfree
// tokens: kfree|kvfree|kfree_sensitive & devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array|devm_kmemdup|devm_kstrdup|devm_kasprintf|devm_krealloc|devm_kvasprintf

@free_managed_other exists@
expression x, E;
identifier other !~ "^devm_";
identifier release = {kfree, kvfree, kfree_sensitive};
position r;
@@

 x = other(...)
 ... when != x = E
 release@r(x)

@free_managed exists@
expression x, E;
identifier alloc = {devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array, devm_kmemdup, devm_kstrdup, devm_kasprintf, devm_kvasprintf, devm_krealloc};
identifier release = {kfree, kvfree, kfree_sensitive};
position p != free_managed_other.r, q;
@@

 x = alloc@q(...)
 ... when != x = E
 release@p(x)

@script:python@
p << free_managed.p;
q << free_managed.q;
x << free_managed.x;
alloc << free_managed.alloc;
release << free_managed.release;
@@
coccilib.report.print_report(p[0], "%s() of memory from %s(): it is released again at unbind {expr: %s} {acquire: %s} {release: %s} {note: %s: allocated here}" % (release, alloc, x, alloc, release, q[0].line))
