const lines = (script: string): string => script.replace(/\n\s*/g, '').trim();

/**
 * Sends the form of the redirect page. The button sleeps while the form is on its way, and wakes up should the gateway
 * not have answered by then.
 */
export const SUBMIT = lines(`
  var f=document.forms[0],b=f.querySelector("button");
  b.disabled=true;
  f.submit();
  setTimeout(function(){b.disabled=false},10000)
`);

/**
 * Asks for news of an undecided payment and reloads the page only when there are some: until then, readers keep their
 * place and their focus. The server says when to ask again. A browser without `fetch` reloads.
 */
export const WATCH = lines(`
  (function(){
  var m=document.querySelector("main"),told=document.getElementById("reloads"),timer;
  if(told)told.hidden=false;
  function again(s){clearTimeout(timer);timer=setTimeout(look,s*1000)}
  function reload(){location.reload()}
  function look(){
  if(!window.fetch)return reload();
  fetch(location.href,{headers:{Accept:"application/json"},cache:"no-store"}).then(function(r){
  return r.json().catch(function(){return{}}).then(function(n){
  if(n.status===m.dataset.status&&n.refreshSeconds)again(n.refreshSeconds);else reload()
  })}).catch(function(){again(m.dataset.seconds)})
  }
  document.addEventListener("visibilitychange",function(){if(!document.hidden)again(0)});
  again(m.dataset.seconds)
  })()
`);

/**
 * Wakes up the buttons that need a script: copying a number, printing. Where the clipboard may not be used, the number
 * is selected. Paper says when it was printed.
 */
export const RECEIPT = lines(`
  (function(){
  var d=document,said=d.getElementById("said");
  function pick(b){
  var r=d.createRange(),s=getSelection();
  r.selectNodeContents(b.parentNode.querySelector("bdi"));
  s.removeAllRanges();s.addRange(r);
  return d.execCommand("copy")
  }
  function done(ok){if(ok!==false)said.textContent=said.getAttribute("data-text")}
  function copy(e){
  var b=e.currentTarget;
  said.textContent="";
  try{navigator.clipboard.writeText(b.value).then(done,function(){done(pick(b))})}catch(x){done(pick(b))}
  }
  Array.prototype.forEach.call(d.querySelectorAll("button"),function(b){
  b.hidden=false;
  b.addEventListener("click",b.id==="print"?function(){print()}:copy)
  });
  addEventListener("beforeprint",function(){
  var t=d.querySelector("#printed time"),fa=d.documentElement.lang==="fa";
  try{t.textContent=new Intl.DateTimeFormat(fa?"fa-IR-u-ca-persian":"en-GB",
  {timeZone:"Asia/Tehran",dateStyle:"long",timeStyle:"short"}).format(new Date())}catch(x){}
  })
  })()
`);
