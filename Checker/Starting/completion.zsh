#compdef irekae
# Completion of irekae for zsh: source it after compinit, or put it as _irekae into a folder of fpath
_irekae() {
  local line="${(j: :)words[2,CURRENT-1]} $PREFIX"
  (( CURRENT > 2 )) || line=$PREFIX
  local -a offered=(${(f)"$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)"})
  # An option is offered to who has begun one: else it is a command, a value or a file that comes.
  [[ $PREFIX == -* ]] || offered=(${offered:#-*})
  if (( $#offered > 0 )); then compadd -a offered; else _files; fi
}
if [[ ${funcstack[1]} == _irekae ]]; then _irekae "$@"; else compdef _irekae irekae; fi
