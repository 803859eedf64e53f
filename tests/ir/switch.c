int act(int);

int choose(int n, unsigned char c)
{
	switch (n) {
	case 0:
	case 1:
		act(1);
		break;
	case 5 ... 9:
		act(2);
		__attribute__((fallthrough));
	default:
		act(3);
	case -4:
		n++;
	}
	switch (c)
	case 200:
		return n;
	return 0;
}
