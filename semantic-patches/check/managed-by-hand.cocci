// what: a managed resource other than memory released by the plain function in the same function
// why: the device core releases it again when the driver is unbound
// caveats: same expression and same function only; left out when it can also hold something that is not managed
// confidence: high
// rule: free/managed
// tokens: devm_clk_get|devm_clk_get_optional|devm_regulator_get|devm_ioremap|devm_ioremap_resource|devm_platform_ioremap_resource|devm_gpiod_get|devm_gpiod_get_optional|devm_reset_control_get|devm_reset_control_get_exclusive|devm_phy_get|devm_iio_device_alloc|devm_input_allocate_device|devm_pwm_get|devm_usb_get_phy|devm_request_irq|devm_request_threaded_irq|devm_rtc_allocate_device|devm_alloc_etherdev|devm_spi_alloc_host & clk_put|regulator_put|iounmap|gpiod_put|reset_control_put|phy_put|iio_device_free|input_free_device|input_unregister_device|pwm_put|usb_put_phy|free_irq|free_netdev|spi_controller_put

@managed_hand_other exists@
expression x, E;
identifier other !~ "^devm_";
identifier release = {clk_put, regulator_put, iounmap, gpiod_put, reset_control_put, iio_device_free, input_free_device, pwm_put, usb_put_phy, free_netdev, spi_controller_put};
position r;
@@

 x = other(...)
 ... when != x = E
 release@r(x)

@managed_hand exists@
expression x, E;
identifier acquire =~ "^devm_";
identifier release = {clk_put, regulator_put, iounmap, gpiod_put, reset_control_put, iio_device_free, input_free_device, pwm_put, usb_put_phy, free_netdev, spi_controller_put};
position p != managed_hand_other.r, q;
@@

 x = acquire@q(...)
 ... when != x = E
 release@p(x)

@script:python@
p << managed_hand.p;
q << managed_hand.q;
x << managed_hand.x;
acquire << managed_hand.acquire;
release << managed_hand.release;
@@
pairs = {"clk_put": "devm_clk_get", "regulator_put": "devm_regulator_get", "iounmap": "ioremap", "gpiod_put": "devm_gpiod_get",
	 "reset_control_put": "devm_reset_control_get", "iio_device_free": "devm_iio_device_alloc",
	 "input_free_device": "devm_input_allocate_device", "pwm_put": "devm_pwm_get", "usb_put_phy": "devm_usb_get_phy",
	 "free_netdev": "devm_alloc_etherdev", "spi_controller_put": "devm_spi_alloc"}
kinds = {"clk_put": "clk", "regulator_put": "regulator", "iounmap": "iomem", "gpiod_put": "gpio", "reset_control_put": "reset",
	 "iio_device_free": "iio", "input_free_device": "input", "pwm_put": "pwm", "usb_put_phy": "usb_phy",
	 "free_netdev": "net_device", "spi_controller_put": "spi_controller"}
if pairs[release] in acquire:
	coccilib.report.print_report(p[0], "%s() of what %s() returned: it is released again at unbind {resource: %s} {expr: %s} {acquire: %s} {release: %s} {note: %s: acquired here}" % (release, acquire, kinds[release], x, acquire, release, q[0].line))

@managed_irq exists@
expression dev, irq, data;
identifier request = {devm_request_irq, devm_request_threaded_irq};
position p, q;
@@

 request@q(dev, irq, ..., data)
 ...
 free_irq@p(irq, data)

@script:python@
p << managed_irq.p;
q << managed_irq.q;
irq << managed_irq.irq;
request << managed_irq.request;
@@
coccilib.report.print_report(p[0], "free_irq() of an interrupt from %s(): it is freed again at unbind {resource: irq} {expr: %s} {acquire: %s} {release: free_irq} {note: %s: requested here}" % (request, irq, request, q[0].line))
