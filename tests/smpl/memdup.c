void *copy_bad(const void *from, size_t n)
{
	void *to;

	to = kmalloc(n, GFP_KERNEL);
	if (!to)
		return NULL;
	memcpy(to, from, n);
	return to;
}

void *user_bad(const void __user *from, size_t n)
{
	void *to;

	to = kmalloc(n, GFP_KERNEL);
	if (!to)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(to, from, n)) {
		kfree(to);
		return ERR_PTR(-EFAULT);
	}
	return to;
}

int managed_bad(struct device *dev, struct host *host, const struct port *from)
{
	host->port = devm_kzalloc(dev, sizeof(*from), GFP_KERNEL);
	if (!host->port)
		return -ENOMEM;
	memcpy(host->port, from, sizeof(*from));
	return 0;
}

void *part_ok(const void *from, size_t n)
{
	void *to;

	to = kmalloc(n + 8, GFP_KERNEL);
	if (!to)
		return NULL;
	memcpy(to, from, n);
	return to;
}

void *dup_ok(const void *from, size_t n)
{
	return kmemdup(from, n, GFP_KERNEL);
}
