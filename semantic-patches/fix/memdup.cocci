// what: copy the memory with the allocator that copies
// why: one call says both
// caveats: only where the copy follows the test of the allocation
// confidence: medium
// rule: check/redundant
// tokens: memcpy

@fix_memdup@
expression x, from, s, g;
statement S;
position p : script:python() { at_finding(p) };
@@
- x = \(kmalloc@p\|kzalloc@p\)(s, g);
+ x = kmemdup(from, s, g);
  if (\(!x\|x == NULL\)) S
- memcpy(x, from, s);

@fix_memdup_copy@
expression x, from, s, g;
statement S;
position p : script:python() { at_finding(p) };
@@
- x = \(kmalloc\|kzalloc\)(s, g);
+ x = kmemdup(from, s, g);
  if (\(!x\|x == NULL\)) S
- memcpy@p(x, from, s);
