// what: test for NULL, as the function reports failure
// why: an error pointer is never what it returns
// caveats: the error code becomes -ENOMEM, which is what a NULL usually means
// confidence: medium
// rule: check/null-vs-errptr
// tokens: IS_ERR

@fix_is_err_return@
expression x;
position p : script:python() { at_finding(p) };
@@
 if@p (
- IS_ERR(x)
+ !x
 )
 {
 ...
 return
- PTR_ERR(x)
+ -ENOMEM
 ;
 }

@fix_is_err_single@
expression x;
position p : script:python() { at_finding(p) };
@@
 if@p (
- IS_ERR(x)
+ !x
 )
	return
- PTR_ERR(x)
+ -ENOMEM
	;

@fix_is_err_assign@
expression x, r;
position p : script:python() { at_finding(p) };
@@
 if@p (
- IS_ERR(x)
+ !x
 )
 {
 ...
 r =
- PTR_ERR(x)
+ -ENOMEM
 ;
 ...
 }

@fix_is_err_test@
expression x;
statement S;
position p : script:python() { at_finding(p) };
@@
 if@p (
- IS_ERR(x)
+ !x
 ) S
