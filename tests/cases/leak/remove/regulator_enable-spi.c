#include <linux/regulator/consumer.h>
#include <linux/spi/spi.h>

static int probe_any(struct spi_device *spi)
{
	struct regulator *r = devm_regulator_get(&spi->dev, "vcc");
	int ret;

	if (IS_ERR(r))
		return PTR_ERR(r);
	ret = regulator_enable(r);
	if (ret)
		return ret;
	spi_set_drvdata(spi, r);
	return 0;
}

static void remove_bad(struct spi_device *spi)
{
	spi_set_drvdata(spi, NULL);
} /* expect: leak/remove regulator */

struct spi_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct spi_device *spi)
{
	regulator_disable(spi_get_drvdata(spi));
}

struct spi_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
