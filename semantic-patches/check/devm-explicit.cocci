// what: a remove function releases managed resources by hand
// why: the device core does it right after remove returns, so either the call can go or the resource need not be managed
// caveats: often right: releasing early, an interrupt above all, orders it before what remove does next; told only when no
//	other statement but returns, assignments and further releases follow
// confidence: low
// rule: devm/explicit-free
// tokens: devm_kfree|devm_free_irq|devm_iounmap|devm_clk_put|devm_gpiod_put|devm_gpio_free|devm_regulator_put|devm_release_mem_region|devm_pwm_put|devm_phy_put|devm_free_pages|devm_input_free_device

@explicit_driver@
identifier driver, remove_fn, type =~ "_driver$";
identifier slot = {remove, remove_new, disconnect};
@@

 struct type driver = {
	.slot = remove_fn,
 };

@explicit_free@
identifier explicit_driver.remove_fn;
identifier release = {devm_kfree, devm_free_irq, devm_iounmap, devm_clk_put, devm_gpiod_put, devm_gpio_free, devm_regulator_put, devm_release_mem_region, devm_pwm_put, devm_phy_put, devm_free_pages, devm_input_free_device};
identifier f != {devm_kfree, devm_free_irq, devm_iounmap, devm_clk_put, devm_gpiod_put, devm_gpio_free, devm_regulator_put, devm_release_mem_region, devm_pwm_put, devm_phy_put, devm_free_pages, devm_input_free_device, dev_dbg, dev_info, pr_debug, platform_set_drvdata, dev_set_drvdata, i2c_set_clientdata, pci_set_drvdata, spi_set_drvdata};
position p;
@@

 remove_fn(...)
 {
 ...
 release@p(...);
 ... when != f(...)
 }

@script:python@
p << explicit_free.p;
release << explicit_free.release;
remove << explicit_driver.remove_fn;
@@
kinds = {"devm_kfree": "memory", "devm_free_pages": "memory", "devm_free_irq": "irq", "devm_iounmap": "iomem", "devm_clk_put": "clk",
	 "devm_gpiod_put": "gpio", "devm_gpio_free": "gpio", "devm_regulator_put": "regulator", "devm_pwm_put": "pwm",
	 "devm_phy_put": "phy", "devm_release_mem_region": "region", "devm_input_free_device": "input"}
coccilib.report.print_report(p[0], "%s() at the end of %s(): the core releases it right after {resource: %s} {release: %s}" % (release, remove, kinds[release], release))
