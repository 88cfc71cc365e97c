package remedies

import (
	"fmt"
	"slices"
)

// names are the words of a closed scale, in the order of its values; the first
// one, empty, stands for "not known" and is refused in the data.
type names []string

func (n names) text(value uint8) string {
	if int(value) < len(n) {
		return n[value]
	}
	return fmt.Sprintf("%d", value)
}

func (n names) parse(what string, text []byte) (uint8, error) {
	i := slices.Index(n, string(text))
	if i < 1 {
		return 0, fmt.Errorf("%q is no %s", text, what)
	}
	return uint8(i), nil
}
