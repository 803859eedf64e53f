// what: a test for NULL around a release function that accepts NULL
// why: the function makes the same test; the outer one is noise, and hides which pointers can really be NULL
// caveats: harmless; a hot path may keep it on purpose to save a call
// confidence: low
// rule: check/redundant
// tokens: kfree|kvfree|vfree|kfree_sensitive|kfree_const|of_node_put|put_device|fwnode_handle_put|pci_dev_put|usb_free_urb|usb_kill_urb|usb_put_dev|dma_pool_destroy|kmem_cache_destroy|mempool_destroy|kfree_skb|consume_skb|dev_kfree_skb|i2c_unregister_device|debugfs_remove|debugfs_remove_recursive|release_firmware|input_free_device|platform_device_put|free_percpu|iput|dput
// match: if\s*\(\s*(?:NULL\s*!=\s*)?([\w>.\[\]-]+)(?:\s*!=\s*NULL)?\s*\)\s*\{?\s*(?:kfree|kvfree|vfree|kfree_sensitive|kfree_const|of_node_put|put_device|fwnode_handle_put|pci_dev_put|usb_free_urb|usb_kill_urb|usb_put_dev|dma_pool_destroy|kmem_cache_destroy|mempool_destroy|kfree_skb|consume_skb|dev_kfree_skb|i2c_unregister_device|debugfs_remove|debugfs_remove_recursive|release_firmware|input_free_device|platform_device_put|free_percpu|iput|dput)\s*\(\s*\1\s*\)

@null_free@
expression x;
identifier release = {kfree, kvfree, vfree, kfree_sensitive, kfree_const, of_node_put, put_device, fwnode_handle_put, pci_dev_put, usb_free_urb, usb_kill_urb, usb_put_dev, dma_pool_destroy, kmem_cache_destroy, mempool_destroy, kfree_skb, consume_skb, dev_kfree_skb, i2c_unregister_device, debugfs_remove, debugfs_remove_recursive, release_firmware, input_free_device, platform_device_put, free_percpu, iput, dput};
position p;
@@

 if@p (x != NULL)
(
	release(x);
|
 {
	release(x);
 }
|
 {
	release(x);
	x = NULL;
 }
)

@script:python@
p << null_free.p;
x << null_free.x;
release << null_free.release;
@@
coccilib.report.print_report(p[0], "%s() accepts NULL: the test is not needed {expr: %s} {release: %s}" % (release, x, release))
