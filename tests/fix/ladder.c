/* Paths that leave past the unwind ladder, or enter it too far down. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/slab.h>

struct gizmo {
	struct clk *clk;
	void *buf;
	int mode;
};

int gizmo_start(struct gizmo *g);
int gizmo_check(struct gizmo *g);

/* A label is there: the value goes into what the ladder returns. */
int past_the_ladder(struct gizmo *g)
{
	void *scratch;
	int ret;

	scratch = kmalloc(64, GFP_KERNEL);
	if (!scratch)
		return -ENOMEM;
	ret = gizmo_check(g);
	if (ret)
		goto out;
	if (g->mode > 4)
		return -EINVAL;
	ret = gizmo_start(g);
out:
	kfree(scratch);
	return ret;
}

/* The variable holds the code already. */
int past_with_variable(struct gizmo *g)
{
	int ret;

	ret = clk_prepare_enable(g->clk);
	if (ret)
		return ret;
	ret = gizmo_check(g);
	if (ret)
		return ret;
	ret = gizmo_start(g);
	if (ret)
		goto err_clk;
	return 0;

err_clk:
	clk_disable_unprepare(g->clk);
	return ret;
}

/* One rung too far down. */
int too_far_down(struct gizmo *g)
{
	char *name, *label;
	int ret = -ENOMEM;

	name = kmalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	label = kmalloc(16, GFP_KERNEL);
	if (!label)
		goto err_name;
	ret = gizmo_check(g);
	if (ret)
		goto err_name;
	ret = gizmo_start(g);
	if (ret)
		goto err_label;
	kfree(label);
	kfree(name);
	return 0;

err_label:
	kfree(label);
err_name:
	kfree(name);
	return ret;
}

/* No rung frees the name: all that hold it get one. */
int rung_is_missing(struct gizmo *g)
{
	char *name;
	int ret;

	ret = clk_prepare_enable(g->clk);
	if (ret)
		return ret;
	name = kmalloc(16, GFP_KERNEL);
	if (!name) {
		ret = -ENOMEM;
		goto err_clk;
	}
	ret = gizmo_check(g);
	if (ret)
		goto err_clk;
	ret = gizmo_start(g);
	if (ret)
		goto err_clk;
	kfree(name);
	return 0;

err_clk:
	clk_disable_unprepare(g->clk);
	return ret;
}

/* What the ladder returns is made of the variable. */
struct gizmo *made_of_the_variable(struct clk *clk)
{
	struct gizmo *g;
	int ret;

	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g)
		return ERR_PTR(-ENOMEM);
	g->clk = clk;
	if (gizmo_check(g) < 0)
		return ERR_PTR(-ENODEV);
	ret = gizmo_start(g);
	if (ret)
		goto err_free;
	return g;

err_free:
	kfree(g);
	return ERR_PTR(ret);
}

/* Two things are lost at one place, and one label gives both back. */
int two_at_once(struct gizmo *g)
{
	char *name;
	int ret;

	name = kmalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	ret = clk_prepare_enable(g->clk);
	if (ret)
		goto err_name;
	if (g->mode > 4)
		return -EINVAL;
	ret = gizmo_start(g);
	if (ret)
		goto err_clk;
	kfree(name);
	return 0;

err_clk:
	clk_disable_unprepare(g->clk);
err_name:
	kfree(name);
	return ret;
}

/* The return that the finding names is not where anything can be changed: it is come by in other ways as well. */
int below_the_ladder(struct gizmo *g)
{
	char *name;
	int ret;

	ret = clk_prepare_enable(g->clk);
	if (ret)
		return ret;
	ret = gizmo_check(g);
	if (ret)
		goto err_clk;
	name = kmalloc(16, GFP_KERNEL);
	if (!name) {
		ret = -ENOMEM;
		goto err_clk;
	}
	ret = gizmo_start(g);
	kfree(name);
	if (ret)
		goto err_clk;
	g->buf = kmalloc(16, GFP_KERNEL);
	if (!g->buf)
		return -ENOMEM;
	return 0;

err_clk:
	clk_disable_unprepare(g->clk);
	return ret;
}
