#!/bin/sh
# A collector's decoder that misbehaves: $1 says how. The payload comes on standard input.
case "$1" in
  good) cat >/dev/null; echo '{"unique_number":"9900120260000017","name":"林**"}' ;;
  lying) echo '{"unique_number":"9900120260000017","name":"陈**"}' ;;
  late) sleep "$2"; echo '{"error":"not_mine"}' ;;
  deaf) exec 0<&-; exec sleep "$2" ;;
  stubborn) trap '' TERM INT HUP; while :; do sleep "$2"; done ;;
  flood) exec yes '{"unique_number":"9900120260000017"}' ;;
  crash) echo '{"unique_number":"9900120260000017"}'; kill -KILL $$ ;;
  failing) echo '{"unique_number":"9900120260000017"}'; exit 3 ;;
  garbage) head -c 2000 /dev/urandom ;;
  forking) setsid sleep "$2" & echo '{"error":"not_mine"}' ;;
  clinging) (setsid sleep "$2" </dev/null >/dev/null 2>&1 &) ; sleep "$2" ;;
  dialling) /bin/bash -c "exec 3<>/dev/tcp/127.0.0.1/$2" 2>/dev/null && echo connected || echo alone ;;
esac
