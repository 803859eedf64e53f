// what: kfree() of the address of a member or of a local object
// why: only the address that the allocator returned can be freed; an embedded member goes with its structure
// caveats: right by accident when the member is the first of its structure, which is only known when the file declares it
// confidence: medium
// rule: free/mismatch
// resource: memory
// release: kfree
// tokens: kfree|kvfree|vfree|kfree_sensitive
// match: free(_sensitive)?\s*\(\s*&

@free_first_member@
identifier T, fld;
type T1;
@@

 struct T {
	T1 fld;
	...
 };

@free_first@
identifier free_first_member.T, free_first_member.fld;
struct T *x;
struct T y;
identifier release = {kfree, kvfree, vfree, kfree_sensitive};
position r;
@@

 release@r(\(&x->fld\|&y.fld\))

@free_address@
expression x;
identifier fld;
identifier release = {kfree, kvfree, vfree, kfree_sensitive};
position p != free_first.r;
@@

 release@p(\(&x->fld\|&x.fld\))

@script:python@
p << free_address.p;
x << free_address.x;
fld << free_address.fld;
release << free_address.release;
@@
coccilib.report.print_report(p[0], "%s() of the address of the member '%s', which lies inside another object {expr: %s->%s} {release: %s}" % (release, fld, x, fld, release))

@free_local@
type T;
identifier x;
identifier release = {kfree, kvfree, vfree, kfree_sensitive};
position p;
@@

 T x;
 ...
 release@p(&x)

@script:python@
p << free_local.p;
x << free_local.x;
release << free_local.release;
@@
coccilib.report.print_report(p[0], "%s() of the local variable '%s' {expr: %s} {release: %s} {rule: free/unowned} {confidence: high}" % (release, x, x, release))
