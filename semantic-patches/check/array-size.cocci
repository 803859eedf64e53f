// what: the size of an allocation is a product with a factor that is known only at run time
// why: the product can wrap, so that less is allocated than is used; the array forms of the allocators check it
//	(Documentation/process/deprecated.rst, "open-coded arithmetic in allocator arguments")
// caveats: told only when one factor is a sizeof and the other no constant by its looks (lower case somewhere); the range of
//	the factor isn't known, so many are safe in fact
// confidence: low
// rule: alloc/overflow
// resource: memory
// tokens: sizeof & kmalloc|kzalloc|kvmalloc|kvzalloc|vmalloc|vzalloc|devm_kmalloc|devm_kzalloc|kmalloc_node|kzalloc_node|krealloc|devm_krealloc
// match: alloc\w*\s*\([^;]*(sizeof\s*\([^()]*(\([^()]*\))?[^()]*\)\s*\*|[\w\])]\s*\*\s*sizeof)

@initialize:python@
@@
array_forms = {"kmalloc": "kmalloc_array", "kzalloc": "kcalloc", "kvmalloc": "kvmalloc_array", "kvzalloc": "kvcalloc",
	       "vmalloc": "vmalloc_array", "vzalloc": "vcalloc", "devm_kmalloc": "devm_kmalloc_array",
	       "devm_kzalloc": "devm_kcalloc", "krealloc": "krealloc_array", "devm_krealloc": "devm_krealloc_array", "kmalloc_node": "kmalloc_array_node", "kzalloc_node": "kcalloc_node"}

def array_size_report(p, n, alloc):
	if "sizeof" in n or not any(c.islower() for c in n.replace("x", "").replace("u", "").replace("l", "")):
		return
	form = array_forms[alloc] + "()" + (" with array_size()" if "*" in n else "")
	coccilib.report.print_report(p, "size of %s() is a product that can wrap: use %s {expr: %s} {acquire: %s}" % (alloc, form, n, alloc))

@array_size_const@
constant C;
expression E;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc, kmalloc_node, kzalloc_node};
position p;
@@

 alloc@p(\(C * sizeof(E)\|sizeof(E) * C\), ...)

@array_size_plain@
expression E, n;
type T;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc, kmalloc_node, kzalloc_node};
position p != array_size_const.p;
@@

 alloc@p(\(n * sizeof(E)\|n * sizeof(T)\|sizeof(E) * n\|sizeof(T) * n\), ...)

@script:python@
p << array_size_plain.p;
n << array_size_plain.n;
alloc << array_size_plain.alloc;
@@
array_size_report(p[0], n, alloc)

@array_size_devm@
expression E, n, dev;
type T;
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p;
@@

 alloc@p(dev, \(n * sizeof(E)\|n * sizeof(T)\|sizeof(E) * n\|sizeof(T) * n\), ...)

@script:python@
p << array_size_devm.p;
n << array_size_devm.n;
alloc << array_size_devm.alloc;
@@
array_size_report(p[0], n, alloc)

@array_size_again@
expression E, n, old;
type T;
position p;
@@

 krealloc@p(old, \(n * sizeof(E)\|n * sizeof(T)\|sizeof(E) * n\|sizeof(T) * n\), ...)

@script:python@
p << array_size_again.p;
n << array_size_again.n;
@@
array_size_report(p[0], n, "krealloc")

@array_size_again_devm@
expression E, n, old, dev;
type T;
position p;
@@

 devm_krealloc@p(dev, old, \(n * sizeof(E)\|n * sizeof(T)\|sizeof(E) * n\|sizeof(T) * n\), ...)

@script:python@
p << array_size_again_devm.p;
n << array_size_again_devm.n;
@@
array_size_report(p[0], n, "devm_krealloc")
