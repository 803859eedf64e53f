/* A parameter declared as an array is a pointer: what is read is what the caller's array holds. */
int sum(unsigned char id[4], int more[])
{
	more[1] = id[0];
	(more)[2] = 7;
	more++;
	return sum(id, more) + *more + (id ? 1 : 0);
}
