// what: a registration that can fail is called as a plain statement
// why: when devm_add_action() fails the action never runs and what it should release is lost; without its interrupt or
//	notifier the device doesn't work, and removing it later frees what was never taken
// caveats: a driver can live without some of them; most are marked __must_check in current kernels
// confidence: medium
// rule: check/unchecked
// tokens: devm_add_action|devm_add_action_or_reset|request_irq|devm_request_irq|request_threaded_irq|devm_request_threaded_irq|device_add|device_register|register_netdev|misc_register|pci_enable_device|input_register_device|snd_card_register|cdev_add|regulator_bulk_enable|clk_bulk_prepare_enable
// match: [;{})/:]\s*(devm_add_action|devm_add_action_or_reset|request_irq|devm_request_irq|request_threaded_irq|devm_request_threaded_irq|device_add|device_register|register_netdev|misc_register|pci_enable_device|input_register_device|snd_card_register|cdev_add|regulator_bulk_enable|clk_bulk_prepare_enable)\s*\([^;]*\)\s*;

@unchecked_registration@
identifier f = {devm_add_action, devm_add_action_or_reset, request_irq, devm_request_irq, request_threaded_irq, devm_request_threaded_irq, device_add, device_register, register_netdev, misc_register, pci_enable_device, input_register_device, snd_card_register, cdev_add, regulator_bulk_enable, clk_bulk_prepare_enable};
position p;
@@

 f@p(...);

@script:python@
p << unchecked_registration.p;
f << unchecked_registration.f;
@@
coccilib.report.print_report(p[0], "%s() can fail, and nobody looks at its result {acquire: %s}" % (f, f))
