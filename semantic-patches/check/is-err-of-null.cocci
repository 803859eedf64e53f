// what: IS_ERR() of a result that reports failure as NULL
// why: NULL is no error pointer, so the failure goes unnoticed and the next use of the result crashes
// caveats: functions that return NULL only; a later test for NULL of the same variable makes the code merely redundant, and
//	is left out
// confidence: high
// rule: check/null-vs-errptr
// tokens: IS_ERR|PTR_ERR_OR_ZERO & kmalloc|kzalloc|kcalloc|kmalloc_array|kmemdup|kstrdup|kasprintf|kvmalloc|kvzalloc|vmalloc|vzalloc|devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array|devm_kmemdup|devm_kstrdup|devm_kasprintf|kmem_cache_alloc|kmem_cache_zalloc|kmem_cache_create|dma_alloc_coherent|dmam_alloc_coherent|dma_pool_create|dma_pool_alloc|ioremap|devm_ioremap|devm_ioremap_wc|ioremap_wc|of_iomap|pci_iomap|pci_ioremap_bar|platform_get_resource|platform_get_resource_byname|platform_device_alloc|of_find_node_by_name|of_find_compatible_node|of_find_matching_node|of_find_node_by_path|of_parse_phandle|of_get_child_by_name|of_get_parent|of_get_next_child|of_find_device_by_node|of_match_device|of_find_property|alloc_workqueue|alloc_ordered_workqueue|create_singlethread_workqueue|create_workqueue|input_allocate_device|devm_input_allocate_device|alloc_etherdev|alloc_etherdev_mq|alloc_netdev|alloc_skb|netdev_alloc_skb|dev_alloc_skb|usb_alloc_urb|usb_alloc_coherent|devm_iio_device_alloc|i2c_get_adapter|bus_find_device|pci_get_device|irq_domain_add_linear|irq_domain_add_tree|scsi_host_alloc|ieee80211_alloc_hw|dev_get_platdata|__get_free_pages|alloc_pages|alloc_page
// match: ([\w>.\[\]-]+)\s*=\s*[^;=]*\b(?:kmalloc|kzalloc|kcalloc|kmalloc_array|kmemdup|kstrdup|kasprintf|kvmalloc|kvzalloc|vmalloc|vzalloc|devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array|devm_kmemdup|devm_kstrdup|devm_kasprintf|kmem_cache_alloc|kmem_cache_zalloc|kmem_cache_create|dma_alloc_coherent|dmam_alloc_coherent|dma_pool_create|dma_pool_alloc|ioremap|devm_ioremap|devm_ioremap_wc|ioremap_wc|of_iomap|pci_iomap|pci_ioremap_bar|platform_get_resource|platform_get_resource_byname|platform_device_alloc|of_find_node_by_name|of_find_compatible_node|of_find_matching_node|of_find_node_by_path|of_parse_phandle|of_get_child_by_name|of_get_parent|of_get_next_child|of_find_device_by_node|of_match_device|of_find_property|alloc_workqueue|alloc_ordered_workqueue|create_singlethread_workqueue|create_workqueue|input_allocate_device|devm_input_allocate_device|alloc_etherdev|alloc_etherdev_mq|alloc_netdev|alloc_skb|netdev_alloc_skb|dev_alloc_skb|usb_alloc_urb|usb_alloc_coherent|devm_iio_device_alloc|i2c_get_adapter|bus_find_device|pci_get_device|irq_domain_add_linear|irq_domain_add_tree|scsi_host_alloc|ieee80211_alloc_hw|dev_get_platdata|__get_free_pages|alloc_pages|alloc_page)\s*\([^;]*;.*?(?:IS_ERR|PTR_ERR_OR_ZERO)\s*\(\s*\1\s*\)

@is_err_null exists@
expression x, E;
identifier acquire = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmemdup, kstrdup, kasprintf, kvmalloc, kvzalloc, vmalloc, vzalloc, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array, devm_kmemdup, devm_kstrdup, devm_kasprintf, kmem_cache_alloc, kmem_cache_zalloc, kmem_cache_create, dma_alloc_coherent, dmam_alloc_coherent, dma_pool_create, dma_pool_alloc, ioremap, devm_ioremap, devm_ioremap_wc, ioremap_wc, of_iomap, pci_iomap, pci_ioremap_bar, platform_get_resource, platform_get_resource_byname, platform_device_alloc, of_find_node_by_name, of_find_compatible_node, of_find_matching_node, of_find_node_by_path, of_parse_phandle, of_get_child_by_name, of_get_parent, of_get_next_child, of_find_device_by_node, of_match_device, of_find_property, alloc_workqueue, alloc_ordered_workqueue, create_singlethread_workqueue, create_workqueue, input_allocate_device, devm_input_allocate_device, alloc_etherdev, alloc_etherdev_mq, alloc_netdev, alloc_skb, netdev_alloc_skb, dev_alloc_skb, usb_alloc_urb, usb_alloc_coherent, devm_iio_device_alloc, i2c_get_adapter, bus_find_device, pci_get_device, irq_domain_add_linear, irq_domain_add_tree, scsi_host_alloc, ieee80211_alloc_hw, dev_get_platdata, __get_free_pages, alloc_pages, alloc_page};
position p, q;
@@

 x = acquire@q(...)
 ... when != x = E
     when != \( x == NULL \| x != NULL \| IS_ERR_OR_NULL(x) \)
 \(IS_ERR@p\|PTR_ERR_OR_ZERO@p\)(x)

@script:python@
p << is_err_null.p;
q << is_err_null.q;
x << is_err_null.x;
acquire << is_err_null.acquire;
@@
coccilib.report.print_report(p[0], "%s() returns NULL when it fails, never an error pointer {expr: %s} {acquire: %s} {note: %s: called here}" % (acquire, x, acquire, q[0].line))
