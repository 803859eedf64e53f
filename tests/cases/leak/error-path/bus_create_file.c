/* The attribute says which file of the bus it is. */
struct bus_type;
struct bus_attribute {
	int mode;
};
int bus_create_file(const struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(const struct bus_type *bus, struct bus_attribute *attr);

static struct bus_attribute attr_probe, attr_autoprobe;

int add_files_ok(const struct bus_type *bus)
{
	int ret = bus_create_file(bus, &attr_probe);

	if (ret)
		return ret;
	ret = bus_create_file(bus, &attr_autoprobe);
	if (ret)
		bus_remove_file(bus, &attr_probe);
	return ret;
}

int add_files_bad(const struct bus_type *bus)
{
	int ret = bus_create_file(bus, &attr_probe);

	if (ret)
		return ret;
	ret = bus_create_file(bus, &attr_autoprobe);
	if (ret)
		return ret; /* expect: leak/error-path */
	bus_remove_file(bus, &attr_autoprobe);
	bus_remove_file(bus, &attr_probe);
	return 0;
}
