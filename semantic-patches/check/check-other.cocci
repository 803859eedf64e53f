// what: after an allocation another pointer is tested for NULL than the one that was assigned
// why: usually a copy of the lines above with one name not changed: the new pointer is used unchecked
// caveats: left out when the two look like names of one object, when the new pointer is tested or returned anywhere later in the function, or the tested one was assigned
//	just before
// confidence: medium
// rule: check/unchecked
// resource: memory
// tokens: kmalloc|kzalloc|kcalloc|kmalloc_array|kvmalloc|kvzalloc|vmalloc|vzalloc|kmemdup|kstrdup|devm_kzalloc|devm_kcalloc|devm_kmalloc|devm_kmemdup|devm_kstrdup|devm_kasprintf|kasprintf|dma_alloc_coherent|dmam_alloc_coherent|ioremap|devm_ioremap
// match: (?<![\w>.\]-])([\w>.\[\]-]+)\s*=\s*(?:\([^()]*\)\s*)?\w*(?:alloc|dup|printf|remap)\w*\s*\([^;]*;\s*if\s*\(\s*(?:unlikely\s*\(\s*)?(?:!\s*(?!\1\s*\))[\w>.\[\]-]+\s*\)|(?!\1\s*==)[\w>.\[\]-]+\s*==\s*NULL)

@check_later exists@
expression x;
identifier acquire = {kmalloc, kzalloc, kcalloc, kmalloc_array, kvmalloc, kvzalloc, vmalloc, vzalloc, kmemdup, kstrdup, kasprintf, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmemdup, devm_kstrdup, devm_kasprintf, dma_alloc_coherent, dmam_alloc_coherent, ioremap, devm_ioremap};
position q;
@@

 x = acquire@q(...);
 ... when any
 \( x == NULL \| x != NULL \| IS_ERR_OR_NULL(x) \)

@check_returned exists@
expression x, E;
identifier acquire = {kmalloc, kzalloc, kcalloc, kmalloc_array, kvmalloc, kvzalloc, vmalloc, vzalloc, kmemdup, kstrdup, kasprintf, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmemdup, devm_kstrdup, devm_kasprintf, dma_alloc_coherent, dmam_alloc_coherent, ioremap, devm_ioremap};
position q;
@@

 x = acquire@q(...);
 ... when any
     when != x = E
 return x;

@check_other@
expression x, y;
identifier acquire = {kmalloc, kzalloc, kcalloc, kmalloc_array, kvmalloc, kvzalloc, vmalloc, vzalloc, kmemdup, kstrdup, kasprintf, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmemdup, devm_kstrdup, devm_kasprintf, dma_alloc_coherent, dmam_alloc_coherent, ioremap, devm_ioremap};
statement S;
position p, q != {check_later.q, check_returned.q};
@@

 x = acquire@q(...);
 if@p (y == NULL) S

@script:python@
p << check_other.p;
q << check_other.q;
x << check_other.x;
y << check_other.y;
acquire << check_other.acquire;
@@
alias = x.startswith("*") or x.split()[-1] == y.split()[-1]
if x != y and not alias:
	coccilib.report.print_report(p[0], "'%s' is tested, but '%s' was allocated and is never tested {expr: %s} {acquire: %s} {note: %s: allocated here}" % (y, x, x, acquire, q[0].line))
