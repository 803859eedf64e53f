#ifndef _LINUX_CLK_H
#define _LINUX_CLK_H

#include <linux/err.h>

struct clk;
struct device;
struct device_node;

struct clk *clk_get(struct device *dev, const char *id);
struct clk *of_clk_get(struct device_node *np, int index);
struct clk *of_clk_get_by_name(struct device_node *np, const char *name);
struct clk *clk_get_sys(const char *dev_id, const char *con_id);
void clk_put(struct clk *clk);
struct clk *devm_clk_get(struct device *dev, const char *id);
struct clk *devm_clk_get_optional(struct device *dev, const char *id);
struct clk *devm_clk_get_enabled(struct device *dev, const char *id);
void devm_clk_put(struct device *dev, struct clk *clk);
int clk_prepare(struct clk *clk);
void clk_unprepare(struct clk *clk);
int clk_enable(struct clk *clk);
void clk_disable(struct clk *clk);
int clk_prepare_enable(struct clk *clk);
void clk_disable_unprepare(struct clk *clk);
int clk_set_rate(struct clk *clk, unsigned long rate);
unsigned long clk_get_rate(struct clk *clk);
int clk_set_parent(struct clk *clk, struct clk *parent);

#endif
