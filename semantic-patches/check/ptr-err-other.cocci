// what: the error code is taken from another pointer than the one that was tested
// why: the other pointer is valid, so that its value is taken for an error code: callers see garbage
// caveats: told only when the tested pointer's error isn't used in the branch at all
// confidence: high
// rule: check/null-vs-errptr
// tokens: IS_ERR & PTR_ERR
// match: \bIS_ERR\s*\(\s*([\w>.\[\]-]+)\s*\)\s*\)\s*(?:\{[^}]*?|\w+\s*=\s*|return\s+)\bPTR_ERR\s*\(\s*(?!\1\s*\))

@ptr_err_other exists@
expression x, E, ret;
expression y;
position p, q;
@@

(
 if (IS_ERR@q(x)) return PTR_ERR@p(y);
|
 if (IS_ERR@q(x)) {
 ... when != PTR_ERR(x)
     when != y = E
     when != ERR_CAST(x)
(
 return PTR_ERR@p(y);
|
 ret = PTR_ERR@p(y);
)
 ... when != PTR_ERR(x)
 }
)

@script:python@
p << ptr_err_other.p;
q << ptr_err_other.q;
x << ptr_err_other.x;
y << ptr_err_other.y;
@@
if x != y:
	coccilib.report.print_report(p[0], "the error code is that of '%s', but '%s' was tested {expr: %s} {note: %s: tested here}" % (y, x, x, q[0].line))
