// what: the size of an allocation is that of a structure plus a product for the array behind it
// why: the sum and the product can wrap, so that less is allocated than is used; struct_size() saturates, and then the
//	allocation fails
// caveats: the array's member isn't known here, nor the range of the factor
// confidence: low
// rule: alloc/overflow
// resource: memory
// tokens: sizeof & kmalloc|kzalloc|kvmalloc|kvzalloc|vmalloc|vzalloc|devm_kmalloc|devm_kzalloc
// match: alloc\s*\([^;]*sizeof\s*\([^()]*\)\s*\+[^;]*\*

@initialize:python@
@@
def struct_size_report(p, n, alloc):
	if "sizeof" in n or not any(c.islower() for c in n):
		return
	coccilib.report.print_report(p, "size of %s() is a sum of a structure and an array that can wrap: use struct_size() {expr: %s} {acquire: %s}" % (alloc, n, alloc))

@struct_size_plain@
expression n;
type T1, T2;
expression E1, E2;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc};
position p;
@@

 alloc@p(\(sizeof(E1)\|sizeof(T1)\) + \(n * sizeof(E2)\|n * sizeof(T2)\|sizeof(E2) * n\|sizeof(T2) * n\), ...)

@script:python@
p << struct_size_plain.p;
n << struct_size_plain.n;
alloc << struct_size_plain.alloc;
@@
struct_size_report(p[0], n, alloc)

@struct_size_devm@
expression n, dev;
type T1, T2;
expression E1, E2;
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p;
@@

 alloc@p(dev, \(sizeof(E1)\|sizeof(T1)\) + \(n * sizeof(E2)\|n * sizeof(T2)\|sizeof(E2) * n\|sizeof(T2) * n\), ...)

@script:python@
p << struct_size_devm.p;
n << struct_size_devm.n;
alloc << struct_size_devm.alloc;
@@
struct_size_report(p[0], n, alloc)
