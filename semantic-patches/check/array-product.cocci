// what: the size of an allocation is a product of two numbers, neither written as a sizeof
// why: the product can wrap, so that less is allocated than is used; the array forms of the allocators check it
//	(Documentation/process/deprecated.rst, "open-coded arithmetic in allocator arguments")
// caveats: told only when a factor is no constant by its looks (lower case somewhere); the range of the factors isn't
//	known, so many are safe in fact
// confidence: low
// rule: alloc/overflow
// resource: memory
// tokens: kmalloc|kzalloc|kvmalloc|kvzalloc|vmalloc|vzalloc|devm_kmalloc|devm_kzalloc
// match: (k|kv|v|devm_k)[mz]alloc\s*\([^;]*[\w)\]]\s*\*\s*[\w(]

@initialize:python@
@@
array_forms = {"kmalloc": "kmalloc_array", "kzalloc": "kcalloc", "kvmalloc": "kvmalloc_array", "kvzalloc": "kvcalloc",
	       "vmalloc": "vmalloc_array", "vzalloc": "vcalloc", "devm_kmalloc": "devm_kmalloc_array",
	       "devm_kzalloc": "devm_kcalloc"}

def is_constant(n):
	return not any(c.islower() for c in n.replace("x", "").replace("u", "").replace("l", ""))

def array_product_report(p, n, m, alloc):
	if "sizeof" in n + m or (is_constant(n) and is_constant(m)):
		return
	coccilib.report.print_report(p, "size of %s() is a product that can wrap: use %s() {expr: %s} {acquire: %s}" % (alloc, array_forms[alloc], m if is_constant(n) else n, alloc))

@array_product_plain@
expression n, m;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc};
position p;
@@

 alloc@p(n * m, ...)

@script:python@
p << array_product_plain.p;
n << array_product_plain.n;
m << array_product_plain.m;
alloc << array_product_plain.alloc;
@@
array_product_report(p[0], n, m, alloc)

@array_product_managed@
expression dev, n, m;
identifier alloc = {devm_kmalloc, devm_kzalloc};
position p;
@@

 alloc@p(dev, n * m, ...)

@script:python@
p << array_product_managed.p;
n << array_product_managed.n;
m << array_product_managed.m;
alloc << array_product_managed.alloc;
@@
array_product_report(p[0], n, m, alloc)
