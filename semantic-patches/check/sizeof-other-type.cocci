// what: a pointer to one structure is given memory of the size of another one
// why: too little memory is overrun, too much hides that the type was changed in one place only
// caveats: a base structure that is the first member of a larger one, allocated on purpose with the larger size, looks the
//	same; told only for structures by name on both sides
// confidence: low
// rule: alloc/wrong-size
// resource: memory
// tokens: sizeof & kmalloc|kzalloc|kvmalloc|kvzalloc|devm_kmalloc|devm_kzalloc
// match: alloc\s*\([^;]*sizeof\s*\(\s*struct\s

@initialize:python@
@@
def other_type_report(p, x, have, want, alloc):
	coccilib.report.print_report(p, "'%s' points to struct %s, but %s() gets the size of struct %s {expr: %s} {acquire: %s}" % (x, want, alloc, have, x, alloc))

@sizeof_other@
identifier want, have;
struct want *x;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc};
position p;
@@

 x = alloc@p(sizeof(struct have), ...)

@script:python@
p << sizeof_other.p;
x << sizeof_other.x;
have << sizeof_other.have;
want << sizeof_other.want;
alloc << sizeof_other.alloc;
@@
if have != want:
	other_type_report(p[0], x, have, want, alloc)

@sizeof_other_devm@
identifier want, have;
struct want *x;
expression dev;
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p;
@@

 x = alloc@p(dev, sizeof(struct have), ...)

@script:python@
p << sizeof_other_devm.p;
x << sizeof_other_devm.x;
have << sizeof_other_devm.have;
want << sizeof_other_devm.want;
alloc << sizeof_other_devm.alloc;
@@
if have != want:
	other_type_report(p[0], x, have, want, alloc)
