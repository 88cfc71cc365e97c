package ftp

import "testing"

func TestMayList(t *testing.T) {
	for _, tt := range []struct {
		name       string
		reply      Reply
		may, known bool
	}{
		{"ProFTPD, unreadable", Reply{Code: 250, Lines: []string{"Start of list for .",
			" modify=20261128175741;perm=e;type=dir;unique=2EU27;UNIX.mode=0711; /unreadable", "End of list"}}, false, true},
		{"ProFTPD, readable", Reply{Code: 250, Lines: []string{"Start of list for .",
			" modify=20261128175741;perm=el;type=cdir;UNIX.mode=0755; /", "End of list"}}, true, true},
		{"a file", Reply{Code: 250, Lines: []string{" type=file;perm=r;size=3; a.txt"}}, false, false},
		{"no perm", Reply{Code: 250, Lines: []string{" type=dir;modify=20261128175741; /"}}, false, false},
		{"refused", Reply{Code: 550, Lines: []string{" type=dir;perm=e; /"}}, false, false},
		{"a name like a fact", Reply{Code: 250, Lines: []string{"perm=x type=dir"}}, false, false},
	} {
		if may, known := MayList(tt.reply); may != tt.may || known != tt.known {
			t.Errorf("%s: may %v, known %v", tt.name, may, known)
		}
	}
}
