// what: a managed resource is acquired in a callback that runs again and again without unbind
// why: each run adds one more, and all are released only when the driver is unbound: what an open file or a started stream
//	takes is never given back while the device is in use
// caveats: callbacks are known by the slot of an operations structure in the same file; when the same function, or the
//	counterpart, releases with the managed twin the growth does not happen, so files that call it anywhere are left out; nor does what is
//	done only as long as a member is not set grow
// confidence: medium
// rule: devm/open-path
// tokens: devm_*
// file-tokens: file_operations|net_device_ops|snd_pcm_ops|snd_soc_dai_ops|vb2_ops|uart_ops|tty_operations|tty_port_operations|block_device_operations|v4l2_file_operations|usb_gadget_ops|snd_soc_ops|snd_compress_ops|snd_compr_ops|rtc_class_ops|watchdog_ops|ata_port_operations|hwrng
// match: \bdevm_(k[mzc]alloc|kmalloc_array|kmemdup|kstrdup|kasprintf|request_irq|request_threaded_irq|ioremap|clk_get|gpiod_get|regulator_get|get_free_pages|reset_control_get|free_irq|kfree|iounmap|clk_put|gpiod_put|regulator_put|free_pages|release_action|remove_action)

@open_ops@
identifier ops, fn;
identifier type = {file_operations, net_device_ops, snd_pcm_ops, snd_soc_dai_ops, vb2_ops, uart_ops, tty_operations, tty_port_operations, block_device_operations, v4l2_file_operations, usb_gadget_ops, snd_soc_ops, snd_compress_ops, snd_compr_ops, rtc_class_ops, watchdog_ops, ata_port_operations, hwrng};
identifier slot = {open, ndo_open, hw_params, startup, prepare, trigger, start_streaming, buf_prepare, buf_init, queue_setup, set_termios, ndo_start_xmit, ndo_set_rx_mode, ndo_change_mtu, unlocked_ioctl, ioctl, read, write, start, read_time, set_time, activate, udc_start};
@@

 struct type ops = {
	.slot = fn,
 };

@open_once@
expression E;
identifier m;
identifier acquire =~ "^devm_";
position q;
@@

 if (\(!E->m\|E->m == NULL\)) {
 <... acquire@q(...) ...>
 }

@open_managed exists@
identifier open_ops.fn;
identifier acquire =~ "^devm_(k[mzc]alloc|kmalloc_array|kmemdup|kstrdup|kasprintf|request_irq|request_threaded_irq|ioremap|clk_get|gpiod_get|regulator_get|get_free_pages|reset_control_get)";
identifier twin =~ "^devm_(kfree|free_irq|iounmap|clk_put|gpiod_put|regulator_put|free_pages|krealloc)$";
position p != open_once.q;
@@

 fn(...)
 {
 ... when any
     when != twin(...)
 acquire@p(...)
 ... when any
     when != twin(...)
 }

@open_twin@
identifier twin =~ "^devm_(kfree|free_irq|iounmap|clk_put|gpiod_put|regulator_put|free_pages|release_action|remove_action)$";
position t;
@@

 twin@t(...)

@initialize:python@
@@
open_twins_seen = set()

def open_twin_of(acquire):
	for start, twin in (("devm_k", "devm_kfree"), ("devm_request", "devm_free_irq"), ("devm_ioremap", "devm_iounmap"),
			    ("devm_clk", "devm_clk_put"), ("devm_gpiod", "devm_gpiod_put"),
			    ("devm_regulator", "devm_regulator_put"), ("devm_get_free_pages", "devm_free_pages")):
		if acquire.startswith(start):
			return twin
	return "devm_release_action"

@script:python@
t << open_twin.t;
twin << open_twin.twin;
@@
open_twins_seen.add((t[0].file, twin))

@script:python@
p << open_managed.p;
fn << open_ops.fn;
slot << open_ops.slot;
acquire << open_managed.acquire;
@@
if (p[0].file, open_twin_of(acquire)) not in open_twins_seen:
	coccilib.report.print_report(p[0], "%s() in %s(), which runs at each %s: every run adds one, released only at unbind {acquire: %s}" % (acquire, fn, slot, acquire))
