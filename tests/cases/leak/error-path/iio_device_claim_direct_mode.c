/* Who claims a mode keeps all others out until it releases it. */
#include <linux/err.h>

struct iio_dev;
int iio_device_claim_direct_mode(struct iio_dev *indio_dev);
void iio_device_release_direct_mode(struct iio_dev *indio_dev);
int iio_device_claim_buffer_mode(struct iio_dev *indio_dev);
void iio_device_release_buffer_mode(struct iio_dev *indio_dev);
int convert(struct iio_dev *indio_dev, int *val);

int read_raw_bad(struct iio_dev *indio_dev, int *val)
{
	int ret = iio_device_claim_direct_mode(indio_dev);

	if (ret)
		return ret;
	ret = convert(indio_dev, val);
	if (ret)
		return ret; /* expect: leak/error-path iio_dev */
	iio_device_release_direct_mode(indio_dev);
	return 1;
}

int read_raw_ok(struct iio_dev *indio_dev, int *val)
{
	int ret = iio_device_claim_direct_mode(indio_dev);

	if (ret)
		return ret;
	ret = convert(indio_dev, val);
	iio_device_release_direct_mode(indio_dev);
	return ret ? ret : 1;
}

int watermark_bad(struct iio_dev *indio_dev, int *val)
{
	int ret;

	if (iio_device_claim_buffer_mode(indio_dev))
		return 0;
	ret = convert(indio_dev, val);
	if (ret)
		return ret; /* expect: leak/error-path iio_dev */
	iio_device_release_buffer_mode(indio_dev);
	return 0;
}

int watermark_ok(struct iio_dev *indio_dev, int *val)
{
	int ret;

	if (iio_device_claim_buffer_mode(indio_dev))
		return 0;
	ret = convert(indio_dev, val);
	iio_device_release_buffer_mode(indio_dev);
	return ret;
}
