// what: the result of a reallocation overwrites the only pointer to the old memory
// why: when it fails the result is NULL and the old memory, which is still allocated, is lost
// caveats: harmless where the failure ends the machine or another pointer to the memory exists
// confidence: medium
// rule: leak/overwrite
// resource: memory
// release: kfree
// tokens: krealloc|krealloc_array|kvrealloc

@krealloc_self@
expression x;
identifier alloc = {krealloc, krealloc_array, kvrealloc};
position p;
@@

 x = alloc@p(x, ...)

@script:python@
p << krealloc_self.p;
x << krealloc_self.x;
alloc << krealloc_self.alloc;
@@
coccilib.report.print_report(p[0], "when %s() fails the old memory of '%s' is lost: keep the result in another variable first {expr: %s} {acquire: %s}" % (alloc, x, x, alloc))
