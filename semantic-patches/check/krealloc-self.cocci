// what: the result of a reallocation overwrites the only pointer to the old memory
// why: when it fails the result is NULL and the old memory, which is still allocated, is lost
// caveats: left out when the function shows a copy of the pointer; harmless where the failure ends the machine or another pointer to the memory exists
// confidence: medium
// rule: leak/overwrite
// resource: memory
// release: kfree
// tokens: krealloc|krealloc_array|kvrealloc
// match: ([\w>.\[\]-]+)\s*=\s*[^;=]*alloc\w*\s*\(\s*\1\s*,

@krealloc_alias exists@
expression x, y, E;
identifier alloc = {krealloc, krealloc_array, kvrealloc};
identifier fld, get !~ "alloc|dup";
position r;
@@

(
 x = get(...)
|
 x = *y
|
 x = y->fld
|
 x = y[E]
|
 y = x
)
 ... when any
 x = alloc@r(x, ...)

@krealloc_alias_decl exists@
expression y, E;
identifier x, fld, get !~ "alloc|dup";
type T;
identifier alloc = {krealloc, krealloc_array, kvrealloc};
position r;
@@

(
 T x = get(...);
|
 T x = *y;
|
 T x = y->fld;
|
 T x = y[E];
)
 ... when any
 x = alloc@r(x, ...)

@krealloc_self@
expression x;
identifier alloc = {krealloc, krealloc_array, kvrealloc};
position p != {krealloc_alias.r, krealloc_alias_decl.r};
@@

 x = alloc@p(x, ...)

@script:python@
p << krealloc_self.p;
x << krealloc_self.x;
alloc << krealloc_self.alloc;
@@
coccilib.report.print_report(p[0], "when %s() fails the old memory of '%s' is lost: keep the result in another variable first {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))
