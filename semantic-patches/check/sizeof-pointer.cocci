// what: the size given to an allocation or to a clearing is that of the pointer, not of what it points to
// why: four or eight bytes are allocated where a structure is used: memory behind it is overwritten
// caveats: needs the declaration of the variable in the same function or file; a pointer to a pointer of which one element
//	is meant would be told too
// confidence: high
// rule: alloc/wrong-size
// resource: memory
// tokens: sizeof & kmalloc|kzalloc|kvmalloc|kvzalloc|vmalloc|vzalloc|kcalloc|kmalloc_array|devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array|kmemdup|devm_kmemdup|memset
// match: sizeof\s*\(\s*struct\s+\w+\s*\*\s*\)|memdup\s*\([^;]*sizeof|(?<![\w>.\]-])([\w>.\[\]-]+)\s*=\s*[^;=]*sizeof\s*\(\s*\1\s*\)|memset\s*\(\s*([\w>.\[\]-]+)\s*,[^;]*sizeof\s*\(\s*\2\s*\)

@sizeof_pointer@
type T;
T *x;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc};
position p;
@@

 x = alloc@p(sizeof(x), ...)

@script:python@
p << sizeof_pointer.p;
x << sizeof_pointer.x;
alloc << sizeof_pointer.alloc;
@@
coccilib.report.print_report(p[0], "%s() of the size of the pointer '%s', not of what it points to {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))

@sizeof_pointer_two@
type T;
T *x;
expression E;
identifier alloc = {kcalloc, kmalloc_array, devm_kmalloc, devm_kzalloc};
position p;
@@

 x = alloc@p(E, sizeof(x), ...)

@script:python@
p << sizeof_pointer_two.p;
x << sizeof_pointer_two.x;
alloc << sizeof_pointer_two.alloc;
@@
coccilib.report.print_report(p[0], "%s() of the size of the pointer '%s', not of what it points to {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))

@sizeof_pointer_clear@
type T;
T *x;
expression E;
position p;
@@

 memset@p(x, E, sizeof(x))

@script:python@
p << sizeof_pointer_clear.p;
x << sizeof_pointer_clear.x;
@@
coccilib.report.print_report(p[0], "memset() of the size of the pointer '%s', not of what it points to {expr: %s}" % (x, x))

@sizeof_pointer_three@
type T;
T *x;
expression E, dev;
identifier alloc = {devm_kcalloc, devm_kmalloc_array};
position p;
@@

 x = alloc@p(dev, E, sizeof(x), ...)

@script:python@
p << sizeof_pointer_three.p;
x << sizeof_pointer_three.x;
alloc << sizeof_pointer_three.alloc;
@@
coccilib.report.print_report(p[0], "%s() of the size of the pointer '%s', not of what it points to {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))

@sizeof_pointer_copied@
type T;
T *x;
expression dev;
identifier dup = {kmemdup}, devm_dup = {devm_kmemdup};
position p;
@@

(
 dup@p(x, sizeof(x), ...)
|
 devm_dup@p(dev, x, sizeof(x), ...)
)

@script:python@
p << sizeof_pointer_copied.p;
x << sizeof_pointer_copied.x;
@@
coccilib.report.print_report(p[0], "kmemdup() of the size of the pointer '%s', not of what it points to {expr: %s} {acquire: kmemdup}" % (x, x))

// By the type: a pointer to the structure where the structure is meant.
@sizeof_pointer_type@
identifier name;
struct name *x;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc};
position p;
@@

 x = alloc@p(sizeof(struct name *), ...)

@script:python@
p << sizeof_pointer_type.p;
x << sizeof_pointer_type.x;
alloc << sizeof_pointer_type.alloc;
@@
coccilib.report.print_report(p[0], "%s() of the size of the pointer '%s', not of what it points to {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))
