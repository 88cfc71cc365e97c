package here

import "fmt"

// Tri is the answer to a question that this computer may keep to itself. The
// zero value is Unknown.
type Tri uint8

const (
	// Unknown: it could not be read, or what was read does not tell.
	Unknown Tri = iota
	// Yes: it is so.
	Yes
	// No: it is not so.
	No
)

var triNames = [...]string{Unknown: "unknown", Yes: "yes", No: "no"}

// String returns unknown, yes or no.
func (t Tri) String() string {
	if int(t) < len(triNames) {
		return triNames[t]
	}
	return fmt.Sprintf("Tri(%d)", uint8(t))
}

// MarshalText returns the text of String. It fails for a value outside the
// enumeration.
func (t Tri) MarshalText() ([]byte, error) {
	if int(t) < len(triNames) {
		return []byte(triNames[t]), nil
	}
	return nil, fmt.Errorf("here: no answer has the number %d", uint8(t))
}

// UnmarshalText accepts exactly what MarshalText returns.
func (t *Tri) UnmarshalText(text []byte) error {
	for i, name := range triNames {
		if name == string(text) {
			*t = Tri(i)
			return nil
		}
	}
	return fmt.Errorf("here: %q is not unknown, yes or no", text)
}

// triOf is Yes or No.
func triOf(yes bool) Tri {
	if yes {
		return Yes
	}
	return No
}
