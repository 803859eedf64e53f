/* Functions that no rule knows: the sibling error path is the evidence that widget_create() must be undone. */
#include <linux/err.h>

struct widget;

struct widget *widget_create(int kind);
void widget_destroy(struct widget *w);
int widget_bind(struct widget *w);
int widget_show(struct widget *w);

int create_bad(void)
{
	struct widget *w = widget_create(1);
	int ret;

	if (IS_ERR(w))
		return PTR_ERR(w);
	ret = widget_bind(w);
	if (ret)
		goto err;
	ret = widget_show(w);
	if (ret)
		return ret; /* expect: leak/error-path other */
	return 0;
err:
	widget_destroy(w);
	return ret;
}

int create_ok(void)
{
	struct widget *w = widget_create(1);
	int ret;

	if (IS_ERR(w))
		return PTR_ERR(w);
	ret = widget_bind(w);
	if (ret)
		goto err;
	ret = widget_show(w);
	if (ret)
		goto err;
	return 0;
err:
	widget_destroy(w);
	return ret;
}
