char *short_bad(const char *name)
{
	char *copy = NULL;

	copy = kmalloc(strlen(name), GFP_KERNEL);
	if (copy)
		strcpy(copy, name);
	return copy;
}

char *by_hand_bad(const char *name)
{
	char *copy = NULL;

	copy = kmalloc(strlen(name) + 1, GFP_KERNEL);
	if (copy)
		strcpy(copy, name);
	return copy;
}

char *dup_ok(const char *name)
{
	return kstrdup(name, GFP_KERNEL);
}

char *more_ok(const char *name)
{
	char *copy;

	copy = kmalloc(strlen(name) + 10, GFP_KERNEL);
	if (copy)
		sprintf(copy, "%s-port", name);
	return copy;
}
