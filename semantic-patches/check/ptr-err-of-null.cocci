// what: PTR_ERR() of a pointer that has just been found to be NULL
// why: PTR_ERR(NULL) is 0: the function fails and reports success
// caveats: with IS_ERR_OR_NULL() 0 may be meant for "nothing there", so that form has low confidence
// confidence: high
// rule: check/null-vs-errptr
// tokens: PTR_ERR
// match: (?:!\s*|IS_ERR_OR_NULL\s*\(\s*|NULL\s*==\s*)([\w>.\[\]-]+)\s*\)[^}]{0,400}?PTR_ERR\s*\(\s*\1\s*\)|\(\s*([\w>.\[\]-]+)\s*==\s*NULL\s*\)[^}]{0,400}?PTR_ERR\s*\(\s*\2\s*\)

@ptr_err_null exists@
expression x, E, ret;
position p;
@@

(
 if (x == NULL) return PTR_ERR@p(x);
|
 if (x == NULL) {
 ... when != x = E
(
 return PTR_ERR@p(x);
|
 ret = PTR_ERR@p(x);
)
 ...
 }
)

@script:python@
p << ptr_err_null.p;
x << ptr_err_null.x;
@@
coccilib.report.print_report(p[0], "'%s' is NULL here, and PTR_ERR() of it is 0: the failure is reported as success {expr: %s}" % (x, x))

@ptr_err_or_null exists@
expression x, E;
position p;
@@

(
 if (IS_ERR_OR_NULL(x)) return PTR_ERR@p(x);
|
 if (IS_ERR_OR_NULL(x)) {
 ... when != x = E
     when != IS_ERR(x)
     when != \( x == NULL \| x != NULL \)
 return PTR_ERR@p(x);
 }
)

@script:python@
p << ptr_err_or_null.p;
x << ptr_err_or_null.x;
@@
coccilib.report.print_report(p[0], "'%s' may be NULL here, and PTR_ERR() of it is 0: the failure would be reported as success {expr: %s} {confidence: low}" % (x, x))
