// Command goftpd serves a folder with goftp.io/server, an FTP server written in
// Go that connects before it answers PORT and checks no address. It is a module
// of its own, so that nothing of it gets near the program that the lab examines.
//
//	goftpd PORT FOLDER FIRST-LAST USER PASSWORD
package main

import (
	"log"
	"os"
	"strconv"

	ftp "goftp.io/server/v2"
	"goftp.io/server/v2/driver/file"
)

// accounts lets anonymous in with any password, and one user with his own.
type accounts struct{ user, password string }

// CheckPasswd implements ftp.Auth.
func (a accounts) CheckPasswd(_ *ftp.Context, user, password string) (bool, error) {
	return user == "anonymous" || user == a.user && password == a.password, nil
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 6 {
		log.Fatal("goftpd: want PORT FOLDER FIRST-LAST USER PASSWORD")
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	driver, err := file.NewDriver(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	server, err := ftp.NewServer(&ftp.Options{
		Driver:       driver,
		Auth:         accounts{os.Args[4], os.Args[5]},
		Perm:         ftp.NewSimplePerm("ftp", "ftp"),
		Port:         port,
		PassivePorts: os.Args[3],
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(server.ListenAndServe())
}
