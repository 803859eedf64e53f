/* Names that are counterparts: nothing is left undone where one half does nothing, or only makes lists empty. */
#include <linux/errno.h>
#include <linux/list.h>

struct widget {
	int id;
	struct list_head users;
};

void widget_quiet_exit(void)
{
}

int widget_quiet_init(void);
int widget_loud_init(void);
void widget_loud_exit(void);
void widget_release_users(struct widget *w);
unsigned int widget_get_slot(struct widget *w);
void widget_put_slot(struct widget *w, unsigned int slot);
int widget_bus(void);
int widget_show(void);

int quiet_ok(void)
{
	int ret = widget_quiet_init();

	if (ret)
		return ret;
	ret = widget_bus();
	if (ret < 0)
		return ret;
	ret = widget_show();
	if (ret < 0)
		widget_quiet_exit();
	return ret;
}

int loud_bad(void)
{
	int ret = widget_loud_init();

	if (ret)
		return ret;
	ret = widget_bus();
	if (ret < 0)
		return ret; /* expect: leak/error-path other */
	ret = widget_show();
	if (ret < 0)
		widget_loud_exit();
	return ret;
}

static void widget_init_users(struct widget *w)
{
	INIT_LIST_HEAD(&w->users);
}

int empty_list_ok(struct widget *w)
{
	int ret;

	widget_init_users(w);
	ret = widget_bus();
	if (ret < 0)
		return ret;
	ret = widget_show();
	if (ret < 0)
		widget_release_users(w);
	return ret;
}

int slot_ok(struct widget *w)
{
	unsigned int slot = widget_get_slot(w);

	if (!slot)
		return -ENOMEM;
	w->id = slot;
	if (widget_bus() < 0) {
		widget_put_slot(w, slot);
		return -EIO;
	}
	return 0;
}
