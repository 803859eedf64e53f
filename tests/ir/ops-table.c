struct device;
struct file_ops {
	int (*open)(struct device *);
	int (*release)(struct device *);
};
struct id {
	const char *name;
	unsigned long data;
};
struct driver {
	int (*probe)(struct device *);
	struct {
		const char *name;
		const struct id *ids;
		const struct file_ops *ops;
	} driver;
};
static int start(struct device *d);
static int stop(struct device *d);
static int info;

static const struct file_ops fops = {.open = start, .release = stop};
static const struct id ids[] = {{"one", 1}, {.name = "two", .data = (unsigned long)&info}, {}};
static struct driver drv = {
	.probe = start,
	.driver = {.name = "drv", .ids = ids, .ops = &(const struct file_ops){.open = stop}},
};
int (*const table[])(struct device *) = {[2] = start, stop};
const struct file_ops *chosen = 1 ? &fops : 0;

static int start(struct device *d)
{
	static struct driver *current = &drv;

	return current != 0;
}

static int stop(struct device *d)
{
	return 0;
}
