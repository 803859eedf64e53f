// what: size and flags of an allocation changed places, or number and size of an array
// why: with size and flags swapped some thousand bytes are allocated with arbitrary flags; with number and size swapped the
//	product is the same, but compilers warn (-Wcalloc-transposed-args) and readers stumble
// caveats: none known for the flags; number and size are told with low confidence
// confidence: high
// rule: alloc/wrong-size
// resource: memory
// tokens: kmalloc|kzalloc|kvmalloc|kvzalloc|kcalloc|kmalloc_array|kvcalloc|kvmalloc_array|devm_kzalloc|devm_kcalloc
// match: \b(kv?[mz]alloc|devm_kzalloc)\s*\([^;]*GFP_\w+\s*,|(calloc|_array)\s*\([^;,]*sizeof

@swapped_flags@
expression E;
constant G =~ "^GFP_";
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc};
position p;
@@

 alloc@p(\(G\|G|E\), ...)

@script:python@
p << swapped_flags.p;
alloc << swapped_flags.alloc;
@@
coccilib.report.print_report(p[0], "size and flags of %s() are swapped {acquire: %s}" % (alloc, alloc))

@swapped_flags_devm@
expression dev, E, E2;
constant G =~ "^GFP_";
position p;
@@

 devm_kzalloc@p(dev, \(G\|G|E\), E2)

@script:python@
p << swapped_flags_devm.p;
@@
coccilib.report.print_report(p[0], "size and flags of devm_kzalloc() are swapped {acquire: devm_kzalloc}")

@swapped_array@
expression E, n;
type T;
identifier alloc = {kcalloc, kmalloc_array, kvcalloc, kvmalloc_array};
position p;
@@

 alloc@p(\(sizeof(E)\|sizeof(T)\), n, ...)

@script:python@
p << swapped_array.p;
n << swapped_array.n;
alloc << swapped_array.alloc;
@@
if "sizeof" not in n:
	coccilib.report.print_report(p[0], "number and size of the elements of %s() are swapped {acquire: %s} {confidence: low}" % (alloc, alloc))
