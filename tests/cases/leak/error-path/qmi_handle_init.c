/* Handles and references by which drivers speak to other processors. */
#include <linux/err.h>

struct device;
struct qmi_handle;
struct qmi_ops;
struct qmi_msg_handler;
struct pdr_handle;
struct qcom_smem_state;
struct qmp;
struct tegra_bpmp;
struct mei_cl_device;
int qmi_handle_init(struct qmi_handle *qmi, unsigned long size, const struct qmi_ops *ops,
		    const struct qmi_msg_handler *handlers);
void qmi_handle_release(struct qmi_handle *qmi);
struct pdr_handle *pdr_handle_alloc(void (*status)(int state, char *path, void *priv), void *priv);
void pdr_handle_release(struct pdr_handle *pdr);
struct qcom_smem_state *qcom_smem_state_get(struct device *dev, const char *id, unsigned int *bit);
void qcom_smem_state_put(struct qcom_smem_state *state);
struct qmp *qmp_get(struct device *dev);
void qmp_put(struct qmp *qmp);
struct tegra_bpmp *tegra_bpmp_get(struct device *dev);
void tegra_bpmp_put(struct tegra_bpmp *bpmp);
int mei_cldev_enable(struct mei_cl_device *cldev);
int mei_cldev_disable(struct mei_cl_device *cldev);
int follow(void);

int qmi_bad(struct qmi_handle *q)
{
	int ret;

	ret = qmi_handle_init(q, 64, NULL, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path qmi_handle */
	ret = follow();
	if (ret) {
		qmi_handle_release(q);
		return ret;
	}
	return 0;
}

int qmi_ok(struct qmi_handle *q)
{
	int ret;

	ret = qmi_handle_init(q, 64, NULL, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		qmi_handle_release(q);
		return ret;
	}
	return 0;
}

int pdr_bad(void *priv, struct pdr_handle **out)
{
	struct pdr_handle *p = pdr_handle_alloc(NULL, priv);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path pdr_handle */
	ret = follow();
	if (ret) {
		pdr_handle_release(p);
		return ret;
	}
	*out = p;
	return 0;
}

int pdr_ok(void *priv, struct pdr_handle **out)
{
	struct pdr_handle *p = pdr_handle_alloc(NULL, priv);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		pdr_handle_release(p);
		return ret;
	}
	*out = p;
	return 0;
}

int state_bad(struct device *d, unsigned int *bit, struct qcom_smem_state **out)
{
	struct qcom_smem_state *p = qcom_smem_state_get(d, "stop", bit);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path qcom_smem_state */
	ret = follow();
	if (ret) {
		qcom_smem_state_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int state_ok(struct device *d, unsigned int *bit, struct qcom_smem_state **out)
{
	struct qcom_smem_state *p = qcom_smem_state_get(d, "stop", bit);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		qcom_smem_state_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int qmp_bad(struct device *d, struct qmp **out)
{
	struct qmp *p = qmp_get(d);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path qmp */
	ret = follow();
	if (ret) {
		qmp_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int qmp_ok(struct device *d, struct qmp **out)
{
	struct qmp *p = qmp_get(d);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		qmp_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int bpmp_bad(struct device *d, struct tegra_bpmp **out)
{
	struct tegra_bpmp *p = tegra_bpmp_get(d);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path tegra_bpmp */
	ret = follow();
	if (ret) {
		tegra_bpmp_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int bpmp_ok(struct device *d, struct tegra_bpmp **out)
{
	struct tegra_bpmp *p = tegra_bpmp_get(d);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		tegra_bpmp_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int mei_bad(struct mei_cl_device *c)
{
	int ret;

	ret = mei_cldev_enable(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path mei_cl_device */
	ret = follow();
	if (ret) {
		mei_cldev_disable(c);
		return ret;
	}
	return 0;
}

int mei_ok(struct mei_cl_device *c)
{
	int ret;

	ret = mei_cldev_enable(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		mei_cldev_disable(c);
		return ret;
	}
	return 0;
}
