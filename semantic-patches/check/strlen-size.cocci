// what: memory of strlen() bytes for a copy of the string
// why: the terminating zero byte has no room: strcpy() writes one byte behind the memory
// caveats: with room for the zero byte it is kstrdup() by hand, told with low confidence as check/redundant
// confidence: high
// rule: alloc/wrong-size
// resource: memory
// tokens: strlen & kmalloc|kzalloc|kvmalloc|vmalloc & strcpy|sprintf

@strlen_size exists@
expression x, y, s;
identifier alloc = {kmalloc, kzalloc, kvmalloc, vmalloc};
position p, q;
@@

 x = alloc@p(strlen(s), ...)
 ... when != x = y
 \(strcpy@q(x, s)\|sprintf@q(x, "%s", s)\)

@script:python@
p << strlen_size.p;
q << strlen_size.q;
x << strlen_size.x;
s << strlen_size.s;
alloc << strlen_size.alloc;
@@
coccilib.report.print_report(p[0], "%s() of strlen() bytes has no room for the terminating zero byte: use kstrdup() {expr: %s} {acquire: %s} {note: %s: copied here}" % (alloc, x, alloc, q[0].line))

@strlen_dup exists@
expression x, y, s;
identifier alloc = {kmalloc, kzalloc};
position p, q;
@@

 x = alloc@p(strlen(s) + 1, ...)
 ... when != x = y
 strcpy@q(x, s)

@script:python@
p << strlen_dup.p;
q << strlen_dup.q;
x << strlen_dup.x;
alloc << strlen_dup.alloc;
@@
coccilib.report.print_report(p[0], "%s() and strcpy() of a whole string: use kstrdup() {rule: check/redundant} {confidence: low} {expr: %s} {acquire: %s} {note: %s: copied here}" % (alloc, x, alloc, q[0].line))
