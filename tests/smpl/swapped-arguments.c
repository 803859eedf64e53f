void *flags_first_bad(struct port *port)
{
	return kmalloc(GFP_KERNEL, sizeof(*port));
}

void *more_flags_bad(struct port *port)
{
	return kzalloc(GFP_KERNEL | __GFP_NOWARN, sizeof(*port));
}

void *managed_bad(struct device *dev)
{
	return devm_kzalloc(dev, GFP_KERNEL, 64);
}

void *array_bad(unsigned int n)
{
	return kcalloc(sizeof(struct port), n, GFP_KERNEL);
}

void *plain_ok(struct port *port, unsigned int n)
{
	if (n)
		return kcalloc(n, sizeof(*port), GFP_KERNEL);
	return kmalloc(sizeof(*port), GFP_KERNEL);
}
